package io.menso.pipeline;

import io.menso.local.Ports;
import io.menso.testing.RealServers;
import java.util.HashMap;
import java.util.Map;

/// The real servers, a port where [FakeServices] listens for all other services, and ports where nobody does; at
/// Pinot's a
/// test may start one.
public class PipelineServers extends RealServers {

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        String fakes = "http://127.0.0.1:" + Ports.free();
        settings.put("menso.test.fakes", fakes);
        settings.put("menso.identity.url", fakes + "/identity");
        settings.put("menso.inference.url", fakes + "/inference");
        settings.put("menso.matching.url", fakes + "/matching");
        settings.put("menso.pipeline.upload.timeout", "PT8S");
        settings.put("menso.device.url", "http://127.0.0.1:" + Ports.free());
        settings.put("menso.pipeline.pinot.broker", "127.0.0.1:" + Ports.free());
        int own = Ports.free();
        settings.put("quarkus.http.test-port", Integer.toString(own));
        settings.put("menso.pipeline.url", "http://127.0.0.1:" + own);
        return settings;
    }
}
