package io.menso.pipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import java.io.File;

@AnalyzeClasses(packages = "io.menso.pipeline", importOptions = ImportOption.DoNotIncludeTests.class)
class PipelineArchitectureTest {

    @ArchTest
    static final ArchRule RESOURCES_TRANSLATE_ONLY = noClasses()
            .that()
            .haveSimpleNameEndingWith("Resource")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("Repository")
            .orShould()
            .dependOnClassesThat()
            .areAnnotatedWith(Entity.class);

    @ArchTest
    static final ArchRule NOBODY_WAITS = noClasses()
            .should()
            .callMethod(Uni.class, "await")
            .orShould()
            .callMethod(Uni.class, "subscribe")
            .orShould()
            .callMethod(Multi.class, "subscribe");

    @ArchTest
    static final ArchRule ONLY_THE_SANDBOX_KNOWS_ITS_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage("..sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("run.endive..", "io.roastedroot..");

    @ArchTest
    static final ArchRule NOTHING_IS_WRITTEN_TO_DISK =
            noClasses().should().dependOnClassesThat().belongToAnyOf(File.class, java.nio.file.Files.class);

    @ArchTest
    static final ArchRule RESOURCES_ANSWER_ASYNCHRONOUSLY = methods()
            .that()
            .areDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Resource")
            .and()
            .arePublic()
            .should()
            .haveRawReturnType(Uni.class);

    @ArchTest
    static final ArchRule FEATURES_HAVE_NO_CYCLES =
            slices().matching("io.menso.pipeline.(*)..").should().beFreeOfCycles();
}
