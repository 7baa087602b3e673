package org.scepgate.setup;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.scepgate.ca.Pkcs11Tokens;
import org.scepgate.enrollment.CaKeySettings;
import org.scepgate.enrollment.EndpointConfig;
import org.scepgate.enrollment.EndpointConfig.CaConfig;
import org.scepgate.enrollment.KeyPairsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what is wrong with the keys that the server's configuration names. */
@Command(
        name = "check",
        description = {
            "Tells what is wrong with the keys that the server's configuration names: its files, environment and",
            "system properties, as the server itself would read them here."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private final Pkcs11Tokens tokens = new Pkcs11Tokens();
    private final Instant now = Instant.now();
    private int problems;

    @Override
    public Integer call() throws SetupException {
        Map<String, CaConfig> cas = configured();
        if (cas.isEmpty()) {
            throw new SetupException("scepgate.cas.<name>.ca-keystore is not set: there is no CA to check");
        }
        cas.forEach((name, ca) -> {
            String prefix = "scepgate.cas." + name + ".";
            inspect("CA " + name, prefix, ca);
            ca.next().ifPresent(next -> inspect("CA " + name + ", next", prefix + "next.", next));
            ca.previous().ifPresent(old -> inspect("CA " + name + ", previous", prefix + "previous.", old));
        });
        spec.commandLine().getOut().println(problems + " problems");
        return problems == 0 ? SetupCommands.OK : SetupCommands.WRONG;
    }

    private void inspect(String title, String prefix, KeyPairsConfig keys) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(title);
        List<Inspection.Line> lines = new Inspection(new CaKeySettings(prefix, keys), tokens, now).lines();
        lines.forEach(out::println);
        problems += (int) lines.stream().filter(Inspection.Line::isProblem).count();
    }

    // A configuration of its own: what else the server needs may be missing yet.
    private static Map<String, CaConfig> configured() {
        SmallRyeConfig whole = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withDefaultValue("scepgate.base-url", "http://localhost")
                .withMappingIgnore("scepgate.**")
                .withMapping(EndpointConfig.class);
        whole.getConfigSources().forEach(builder::withSources);
        return builder.build().getConfigMapping(EndpointConfig.class).cas();
    }
}
