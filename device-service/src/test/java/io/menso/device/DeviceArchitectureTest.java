package io.menso.device;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;

@AnalyzeClasses(packages = "io.menso.device", importOptions = ImportOption.DoNotIncludeTests.class)
class DeviceArchitectureTest {

    @ArchTest
    static final ArchRule RESOURCES_ONLY_TRANSLATE = noClasses()
            .that()
            .haveSimpleNameEndingWith("Resource")
            .should()
            .dependOnClassesThat(simpleNameEndingWith("Repository"))
            .orShould()
            .dependOnClassesThat()
            .areAnnotatedWith(Entity.class);

    @ArchTest
    static final ArchRule NOBODY_WAITS_OR_SUBSCRIBES =
            noClasses().should().callMethod(Uni.class, "await").orShould().callMethod(Uni.class, "subscribe");

    @ArchTest
    static final ArchRule FEATURES_HAVE_NO_CYCLES =
            slices().matching("io.menso.device.(*)..").should().beFreeOfCycles();
}
