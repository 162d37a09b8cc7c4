package io.menso.inference.model;

import java.util.List;

/// What `GET /v3/models/{model}` says.
public record ModelDescription(String name, String description, List<Parameter> parameters) {}
