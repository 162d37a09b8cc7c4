package io.menso.device.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.web.ApiException;
import io.menso.commons.web.MergePatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;

/// Translates between JSON and devices.
@ApplicationScoped
class DeviceJson {

    private static final int MAX_METADATA_BYTES = 4096;
    private static final String METADATA = "metadata";
    private static final String GALLERY = "gallery";
    private static final String DISPLAY_NAME = "display_name";

    private final ObjectMapper json;
    private final ObjectWriter ascii;
    private final ObjectReader exact;

    @Inject
    DeviceJson(ObjectMapper json) {
        this.json = json;
        this.ascii = json.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
        this.exact = json.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /// Reads a device as a client sends it; members that it may not set are ignored.
    ///
    /// @throws ApiException 400 when a required member is missing or any is wrong
    DeviceFields read(ObjectNode document) {
        if (!(document.get(METADATA) instanceof ObjectNode metadata)) {
            throw ApiException.badRequest("metadata is required and must be an object");
        }
        checkSize(metadata);
        ObjectNode others = metadata.deepCopy();
        others.remove(GALLERY);
        return new DeviceFields(
                text(document, DISPLAY_NAME, DISPLAY_NAME),
                text(metadata, GALLERY, "metadata.gallery"),
                write(ascii, others));
    }

    /// Applies a merge patch to a device as it is now (decision D3).
    ///
    /// @throws ApiException 400 when its result is no valid device
    DeviceFields merge(DeviceFields current, ObjectNode patch) {
        ObjectNode document = json.createObjectNode().put(DISPLAY_NAME, current.displayName());
        document.set(METADATA, metadata(current));
        return read((ObjectNode) MergePatch.apply(document, patch));
    }

    DeviceResponse respond(Device device) {
        return new DeviceResponse(
                device.id(),
                device.createdAt().getEpochSecond(),
                device.updatedAt().getEpochSecond(),
                device.fields().displayName(),
                metadata(device.fields()));
    }

    private ObjectNode metadata(DeviceFields fields) {
        try {
            ObjectNode metadata = json.createObjectNode().put(GALLERY, fields.gallery());
            return metadata.setAll((ObjectNode) exact.readTree(fields.metadata()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored metadata cannot be read", e);
        }
    }

    private static String text(JsonNode object, String member, String name) {
        JsonNode value = object.get(member);
        if (value == null || !value.isTextual()) {
            throw ApiException.badRequest(name + " is required and must be a string");
        }
        return value.textValue();
    }

    private void checkSize(ObjectNode metadata) {
        String text = write(json.writer(), metadata);
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_METADATA_BYTES) {
            throw ApiException.badRequest("metadata must have at most " + MAX_METADATA_BYTES + " bytes");
        }
    }

    private static String write(ObjectWriter writer, JsonNode node) {
        try {
            return writer.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
