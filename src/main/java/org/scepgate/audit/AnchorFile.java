package org.scepgate.audit;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        String begin = endsInALine() ? "" : "\n";
        ByteBuffer bytes = ByteBuffer.wrap((begin + lines).getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            long whole = channel.size();
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            } catch (IOException full) {
                takeBack(channel, whole, full);
                throw full;
            }
        }
        return null;
    }

    /** Of what did not fit a part may be there, and all of it comes again. */
    private static void takeBack(FileChannel channel, long whole, IOException full) {
        try {
            channel.truncate(whole);
        } catch (IOException appendOnly) {
            // The next line begins on a new one, and who verifies passes over the part.
            full.addSuppressed(appendOnly);
        }
    }

    /** False where a part of a line was written last. */
    private boolean endsInALine() throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) == '\n';
        }
    }
}
