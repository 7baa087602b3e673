package org.scepgate.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A reader of server-sent events. */
public final class EventReader implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final HttpResponse<InputStream> answer;
    private final BlockingQueue<Map<String, String>> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> comments = new LinkedBlockingQueue<>();
    private volatile boolean ended;

    private EventReader(HttpResponse<InputStream> answer) {
        this.answer = answer;
    }

    public static EventReader open(URI url, String token, Optional<String> last) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        last.ifPresent(id -> request.header("Last-Event-ID", id));
        try {
            EventReader reader = new EventReader(CLIENT.send(request.build(), BodyHandlers.ofInputStream()));
            Thread thread = new Thread(reader::read, "event-reader");
            thread.setDaemon(true);
            thread.start();
            return reader;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        Map<String, String> fields = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    finish(fields);
                } else if (line.startsWith(":")) {
                    comments.add(line);
                } else {
                    String[] field = line.split(": ?", 2);
                    fields.merge(field[0], field[1], (one, more) -> one + "\n" + more);
                }
            }
        } catch (IOException connectionLost) {
            comments.add("lost: " + connectionLost);
        }
        ended = true;
    }

    private void finish(Map<String, String> fields) {
        if (fields.containsKey("data")) {
            events.add(Map.copyOf(fields));
        }
        fields.clear();
    }

    public int status() {
        return answer.statusCode();
    }

    public Optional<String> header(String name) {
        return answer.headers().firstValue(name);
    }

    /** Fields of those so far: id, event, data. */
    public List<Map<String, String>> events() {
        return List.copyOf(events);
    }

    public List<String> ids() {
        return events().stream().map(event -> event.get("id")).toList();
    }

    public List<String> types() {
        return events().stream().map(event -> event.get("event")).toList();
    }

    public int comments() {
        return comments.size();
    }

    public boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() {
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
