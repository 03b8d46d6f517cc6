package io.github.deepthink4j.internal.http;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's default TLS, set up when a connection first wants it. HTTP clients ask for it when they are made, which loads 780
 * classes, reads all authorities, and was a third of the first call in a fresh JVM: in vain where the host speaks plain HTTP.
 */
public final class LateTls extends SSLContextSpi {

    /** All that the JDK's client takes over of its default's parameters, unless the JVM is told others. */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** By which a JVM is told what its default may speak. */
    private static final String TOLD = "jdk.tls.client.protocols";

    private LateTls() {}

    public static SSLContext context() {
        return new SSLContext(new LateTls(), null, "Default") {};
    }

    private static SSLContext late() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM can make no secure connections", e);
        }
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return System.getProperty(TOLD) == null
                ? new SSLParameters(null, PROTOCOLS.clone())
                : late().getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return late().getSupportedSSLParameters();
    }

    @Override
    protected void engineInit(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
            throws KeyManagementException {
        late().init(keys, trust, random);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return late().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return late().createSSLEngine(host, port);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return late().getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return late().getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return late().getClientSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return late().getServerSessionContext();
    }
}
