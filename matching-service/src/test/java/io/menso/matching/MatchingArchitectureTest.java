package io.menso.matching;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import org.junit.jupiter.api.Test;

class MatchingArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.menso.matching");

    @Test
    void resourcesKnowNeitherRepositoriesNorEntities() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Repository")
                .orShould()
                .dependOnClassesThat()
                .areAnnotatedWith(Entity.class)
                .check(classes);
    }

    @Test
    void nothingWaitsOnAReactiveChainOutsideLifeCycleBeans() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Follower")
                .and()
                .haveSimpleNameNotEndingWith("Loader")
                .should()
                .callMethod(Uni.class, "await")
                .orShould()
                .callMethod(Uni.class, "subscribe")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("VertxContextSupport")
                .check(classes);
    }

    @Test
    void onlyTheKernelDependsOnTheVectorModule() {
        noClasses()
                .that()
                .doNotHaveSimpleName("VectorKernel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(classes);
    }

    @Test
    void theIndexIsReachedThroughItsInterface() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.menso.matching.index", "io.menso.matching.index.local")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("LocalIndex")
                .check(classes);
    }
}
