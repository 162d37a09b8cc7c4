package io.menso.pinot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// Compares sealed templates with a sealed query, row by row. For one thread: it keeps its cipher and buffers.
public final class SealedScan {

    /// Answer for a row that cannot be opened or has another dimension: below every cosine, so it never is a
    /// neighbour and sorts last.
    public static final double UNREADABLE = -2;

    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    private static final int QUERIES_KEPT = 16;

    private record QueryId(String tenant, String sealed) {}

    private record Opened(QueryId id, SecretKey templateKey, float[] numbers) {}

    private final PinotKey key;
    private final TemplateSeal seal;
    private final Cipher cipher;
    private final Map<QueryId, Opened> queries = new LinkedHashMap<>(QUERIES_KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<QueryId, Opened> eldest) {
            return size() > QUERIES_KEPT;
        }
    };
    private Opened current;
    private byte[] plain = new byte[0];

    public SealedScan(PinotKey key) {
        this.key = key;
        this.seal = new TemplateSeal(key);
        this.current = new Opened(new QueryId("", ""), key.forTemplates(""), new float[0]);
        try {
            this.cipher = Cipher.getInstance(TemplateSeal.CIPHER);
        } catch (GeneralSecurityException e) {
            throw new SealException("this JVM has no " + TemplateSeal.CIPHER, e);
        }
    }

    /// Inner product in float64 of the float32 numbers, summed in order, as the local index does: the same bits.
    /// For vectors of length 1 it is the cosine.
    ///
    /// @param sealed      template as [TemplateSeal#seal] makes it
    /// @param id          row that the template is bound to
    /// @param sealedQuery Base64 of what [TemplateSeal#sealQuery] makes
    /// @return from -1 to 1, or [#UNREADABLE]
    /// @throws SealException when the query cannot be opened
    public double cosine(byte[] sealed, TemplateId id, String sealedQuery) {
        Opened query = query(id.tenant(), sealedQuery);
        if (TemplateSeal.dimension(sealed) != query.numbers.length) {
            return UNREADABLE;
        }
        int length = query.numbers.length * Float.BYTES;
        // Java's GCM writes nothing before it has verified the tag, and needs no room for the tag itself.
        if (plain.length < length) {
            plain = new byte[length];
        }
        try {
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    query.templateKey,
                    new GCMParameterSpec(TemplateSeal.TAG_BYTES * Byte.SIZE, sealed, 0, TemplateSeal.NONCE_BYTES));
            cipher.updateAAD(id.bytes());
            cipher.doFinal(sealed, TemplateSeal.NONCE_BYTES, sealed.length - TemplateSeal.NONCE_BYTES, plain, 0);
        } catch (GeneralSecurityException e) {
            return UNREADABLE;
        }
        double sum = innerProduct(plain, query.numbers);
        Arrays.fill(plain, 0, length, (byte) 0);
        return sum;
    }

    private static double innerProduct(byte[] plain, float[] query) {
        double sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += (double) (float) FLOAT.get(plain, i * Float.BYTES) * query[i];
        }
        return sum;
    }

    /// Opened once for all rows of a query; consecutive rows bring the very same strings.
    private Opened query(String tenant, String sealed) {
        QueryId known = current.id;
        if (!known.sealed.equals(sealed) || !known.tenant.equals(tenant)) {
            current = queries.computeIfAbsent(new QueryId(tenant, sealed), this::open);
        }
        return current;
    }

    private Opened open(QueryId id) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(id.sealed);
        } catch (IllegalArgumentException e) {
            throw new SealException("the query is not Base64", e);
        }
        return new Opened(id, key.forTemplates(id.tenant), seal.openQuery(id.tenant, bytes));
    }
}
