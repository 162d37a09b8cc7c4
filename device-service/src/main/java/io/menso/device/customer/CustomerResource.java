package io.menso.device.customer;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Caller;
import io.menso.commons.web.UuidV7;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/// `/internal/customers` for the operator.
@Path("/internal/customers")
@RolesAllowed(Caller.OPERATOR)
public class CustomerResource {

    private final CustomerService customers;

    @Inject
    CustomerResource(CustomerService customers) {
        this.customers = customers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    public Uni<CustomerResponse> create(@Nullable CreateCustomerRequest request) {
        return customers.create(required(request));
    }

    @GET
    @Path("{handle}/keys")
    public Uni<SystemKeyList> list(@PathParam("handle") String handle) {
        return customers.list(handle);
    }

    @POST
    @Path("{handle}/keys")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    public Uni<SystemKeyResponse> addKey(@PathParam("handle") String handle, @Nullable CreateSystemKeyRequest request) {
        return customers.addKey(handle, required(request));
    }

    @DELETE
    @Path("{handle}/keys/{kid}")
    public Uni<Void> revokeKey(@PathParam("handle") String handle, @PathParam("kid") String kid) {
        return customers.revokeKey(handle, UuidV7.parse(kid, "Key"));
    }

    private static <T> T required(@Nullable T body) {
        return Optional.ofNullable(body).orElseThrow(() -> ApiException.badRequest("The body must be a JSON object"));
    }
}
