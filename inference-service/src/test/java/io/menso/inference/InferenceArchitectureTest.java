package io.menso.inference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.menso.inference", importOptions = ImportOption.DoNotIncludeTests.class)
class InferenceArchitectureTest {

    @ArchTest
    static final ArchRule RESOURCES_ONLY_ASK_SERVICES = noClasses()
            .that()
            .haveSimpleNameEndingWith("Resource")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..engine..", "..batch..", "..image..", "..bundle..");

    @ArchTest
    static final ArchRule ONLY_ENGINES_KNOW_DJL = noClasses()
            .that()
            .resideOutsideOfPackage("..engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule CHECKS_NEED_NO_ENGINE = noClasses()
            .that()
            .resideInAnyPackage("..checks..", "..align..", "..image..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..engine..", "..batch..", "..model..", "..analysis..");

    @ArchTest
    static final ArchRule IMAGES_NEVER_TOUCH_A_DISK = noClasses()
            .that()
            .resideInAnyPackage(
                    "..image..",
                    "..upload..",
                    "..analysis..",
                    "..align..",
                    "..attributes..",
                    "..liveness..",
                    "..quality..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.nio.file.Files")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.File");

    @ArchTest
    static void everyEndpointSaysWhoMayCall(JavaClasses classes) {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(jakarta.ws.rs.Path.class)
                .and()
                .arePublic()
                .should()
                .beDeclaredInClassesThat()
                .areAnnotatedWith(jakarta.annotation.security.RolesAllowed.class)
                .check(classes);
    }
}
