package io.skiff.server.http;

import java.nio.file.Path;

/**
 * What TLS needs.
 *
 * @param certificate PEM file of the server's certificate, followed by those that vouch for it
 * @param key PEM file of its private key, PKCS #8, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {}
