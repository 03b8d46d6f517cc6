package io.github.deepthink4j.settings;

/**
 * What carries requests to the server in place of the JDK's HTTP client: a choice that the builders take, such as that of
 * {@code deepthink4j-netty}. It may be given to any number of builders. Such choices come from this project's modules alone; what
 * others have is taken through LangChain4j's HTTP client SPI.
 */
public interface HttpTransport {}
