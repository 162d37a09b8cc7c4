package io.menso.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.menso.gateway.keys.CallerKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GatewayArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.menso.gateway");

    @Test
    @DisplayName("nothing waits on an event loop: only the key stream's own thread may block")
    void nothingWaits() {
        noClasses()
                .that()
                .doNotHaveSimpleName("KeyStream")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.CountDownLatch")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.clients.consumer.internals..")
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.CompletableFuture")
                .check(CLASSES);
    }

    @Test
    @DisplayName("the gateway keeps no state of its own: no database")
    void theGatewayKeepsNoState() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "jakarta.persistence..", "io.vertx.sqlclient..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("documents, limits and routes know nothing of the proxy's inside")
    void layersPointInwards() {
        noClasses()
                .that()
                .resideInAnyPackage("..gateway.routing..", "..gateway.limits..", "..gateway.authentication..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..gateway.proxy..", "..gateway.docs..", "..gateway.observation..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("A3: only the key itself and the signature check hold a caller's secret")
    void secretsStayWhereTheyBelong() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SignatureCheck")
                .and()
                .doNotHaveSimpleName("CallerKey")
                .should()
                .callMethod(CallerKey.class, "secret")
                .orShould()
                .callMethod(CallerKey.class, "secretText")
                .check(CLASSES);
        noFields().should().haveRawType("java.util.Random").check(CLASSES);
    }
}
