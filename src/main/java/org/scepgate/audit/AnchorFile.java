package org.scepgate.audit;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.scepgate.seal.Anchor;

/** Appends seals to a file, which may be append-only or on a disk of somebody else. */
record AnchorFile(Path file, Vertx vertx) implements AnchorTarget {
    @Override
    public String name() {
        return "file";
    }

    @Override
    public Uni<Void> write(List<Anchor> anchors) {
        return UniHelper.toUni(vertx.executeBlocking(() -> append(anchors)));
    }

    private Void append(List<Anchor> anchors) throws IOException {
        String lines = anchors.stream().map(anchor -> anchor.toJson() + "\n").collect(Collectors.joining());
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
        return null;
    }
}
