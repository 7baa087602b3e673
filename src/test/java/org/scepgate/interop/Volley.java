package org.scepgate.interop;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.scepgate.testing.ScepEndpoint;

/** Messages that are all on their way before the first is answered, spread over one or more servers. */
final class Volley {
    private static final int MOST_RETRIES = 5;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<ScepEndpoint> endpoints;
    private Consumer<HttpResponse<byte[]>> onAnswer = answer -> {};
    private int turnedAway;

    Volley(List<ScepEndpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
    }

    /** Is told of every answer as it comes in. */
    Volley onAnswer(Consumer<HttpResponse<byte[]>> consumer) {
        this.onAnswer = consumer;
        return this;
    }

    /** The answers in the order of the messages; one that never came fails its future. */
    List<CompletableFuture<HttpResponse<byte[]>>> fire(List<byte[]> messages) {
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            ScepEndpoint endpoint = endpoints.get(i % endpoints.size());
            HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint.url() + "?operation=PKIOperation"))
                    .timeout(Duration.ofMinutes(2))
                    .POST(BodyPublishers.ofByteArray(messages.get(i)))
                    .build();
            answers.add(client.sendAsync(request, BodyHandlers.ofByteArray()).whenComplete((answer, failure) -> {
                if (answer != null) {
                    onAnswer.accept(answer);
                }
            }));
        }
        return answers;
    }

    /** As {@link #fireAndWait}, and who is turned away for the time being (503) comes again, as a device does. */
    List<HttpResponse<byte[]>> fireUntilServed(List<byte[]> messages) {
        List<HttpResponse<byte[]>> answers = new ArrayList<>(fireAndWait(messages));
        for (int again = 0; again < MOST_RETRIES; again++) {
            List<Integer> away = IntStream.range(0, answers.size())
                    .filter(i -> answers.get(i).statusCode() == 503)
                    .boxed()
                    .toList();
            turnedAway += away.size();
            List<HttpResponse<byte[]>> retried =
                    fireAndWait(away.stream().map(messages::get).toList());
            IntStream.range(0, away.size()).forEach(i -> answers.set(away.get(i), retried.get(i)));
        }
        return answers;
    }

    /** How many of these answers were 503. */
    int turnedAway() {
        return turnedAway;
    }

    /** As {@link #fire}, for servers that are expected to live. */
    List<HttpResponse<byte[]>> fireAndWait(List<byte[]> messages) {
        return fire(messages).stream().map(CompletableFuture::join).toList();
    }
}
