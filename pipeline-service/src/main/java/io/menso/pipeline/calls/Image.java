package io.menso.pipeline.calls;

/// An image of a request, held in memory only and never seen by a script.
///
/// @param name  file name as the client gave it
/// @param type  content type of its part
/// @param bytes its content; never changed
@SuppressWarnings("ArrayRecordComponent")
public record Image(String name, String type, byte[] bytes) {

    @Override
    public String toString() {
        return "Image[" + bytes.length + " bytes]";
    }
}
