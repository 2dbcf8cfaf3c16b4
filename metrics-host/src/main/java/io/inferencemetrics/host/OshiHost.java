package io.inferencemetrics.host;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.host.internal.HostSource;
import io.inferencemetrics.spi.HostProvider;
import io.inferencemetrics.spi.LocalSource;
import java.util.Optional;

/**
 * Makes this machine known to {@code Collectors.forHost()}, through the library OSHI and, where OSHI has nothing, through the
 * kernel's files; all that the names mean stands in {@code host.catalog}.
 *
 * <p>A selection names processes by their ids, which are then read beside the machine: {@code select("1234,5678")}, with all
 * their descendants {@code select("1234+")}, this process {@code select("self")}.
 *
 * <p>Sample at a second or slower: OSHI keeps what it read for 300 milliseconds and gives the same numbers again to who asks
 * sooner. A read takes some 3 milliseconds and leaves a megabyte of garbage, more with each network interface and process;
 * opening the first takes half a second and starts a few short programs ({@code getconf}, {@code uname}, {@code id}).
 *
 * <p>Works on Linux as it is. On macOS and Windows the application adds {@code com.github.oshi:oshi-core}, which is then
 * used; limits of the container and pressure exist on Linux only.
 */
public final class OshiHost implements HostProvider {
    private static final Catalog CATALOG = Catalog.load("host.catalog", OshiHost.class::getResourceAsStream);

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public OshiHost() {}

    @Override
    public String id() {
        return CATALOG.engine();
    }

    @Override
    public Catalog catalog() {
        return CATALOG;
    }

    @Override
    public Optional<LocalSource> local() {
        return Optional.of(new HostSource());
    }
}
