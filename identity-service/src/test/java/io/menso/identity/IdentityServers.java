package io.menso.identity;

import io.menso.local.Ports;
import io.menso.testing.RealServers;
import java.util.HashMap;
import java.util.Map;

/// The real servers, and a port where [FakeMatching] may listen.
public class IdentityServers extends RealServers {

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("menso.matching.url", "http://127.0.0.1:" + Ports.free());
        return settings;
    }
}
