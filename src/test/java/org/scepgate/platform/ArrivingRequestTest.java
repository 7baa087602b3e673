package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivingRequestTest {
    private static final long LIMIT = 20;
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n";

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - LIMIT);
    private final ArrivingRequest request = new ArrivingRequest(now::get);
    private final EmbeddedChannel connection =
            new EmbeddedChannel(new HttpRequestDecoder(), new HttpResponseEncoder(), request);

    @ParameterizedTest
    @ValueSource(strings = {"G", "\r\n", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nX: y", POST, POST + "body"})
    void countsFromTheFirstByteHoweverManyFollow(String beginning) {
        receive(beginning);
        pass(LIMIT);
        receive("x");
        assertThat(request.isSlowerThan(LIMIT)).isFalse();

        pass(1);

        assertThat(request.isSlowerThan(LIMIT)).isTrue();
    }

    @Test
    void countsNothingOnAConnectionThatIsIdle() {
        pass(2 * LIMIT);
        assertThat(request.isSlowerThan(LIMIT)).isFalse();

        receive(GET);
        answer();
        pass(2 * LIMIT);

        assertThat(request.isSlowerThan(LIMIT)).isFalse();
    }

    @Test
    void countsEachRequestForItself() {
        receive(POST);
        pass(LIMIT);
        receive("the body.");
        answer();
        receive("GET");
        pass(LIMIT);

        assertThat(request.isSlowerThan(LIMIT)).isFalse();
    }

    @Test
    void countsNothingWhileAnAnswerIsUnderWay() {
        receive(GET);
        receive("GET");
        pass(2 * LIMIT);
        assertThat(request.isSlowerThan(LIMIT)).isFalse();

        answer();
        receive(" /");
        pass(LIMIT + 1);

        assertThat(request.isSlowerThan(LIMIT)).isTrue();
    }

    @Test
    void takesAnInterimAnswerForNone() {
        receive(POST.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
        connection.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        pass(LIMIT + 1);

        request.end(connection.pipeline().context(request));

        assertThat(sent()).startsWith("HTTP/1.1 100 ").contains("HTTP/1.1 408 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", POST, POST + "body"})
    void endsWith408(String beginning) {
        receive(beginning);

        request.end(connection.pipeline().context(request));

        assertThat(sent()).startsWith("HTTP/1.1 408 Request Timeout\r\n").contains("connection: close");
        assertThat(connection.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {GET + POST, GET + GET + POST + "body"})
    void endsWithoutAWordWhereItWouldAnswerAnotherRequest(String requests) {
        receive(requests);

        request.end(connection.pipeline().context(request));

        assertThat(sent()).isEmpty();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void endsWithoutAWordInTheMiddleOfAnAnswer() {
        receive(POST);
        connection.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        String begun = sent();

        request.end(connection.pipeline().context(request));

        assertThat(begun).startsWith("HTTP/1.1 200 ");
        assertThat(sent()).isEmpty();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void noticesABodyWhoseHeadCameBeforeIt() {
        ArrivingRequest late = new ArrivingRequest(now::get);
        EmbeddedChannel begun = new EmbeddedChannel(new HttpRequestDecoder(), new HttpResponseEncoder());
        begun.writeInbound(bytes(POST));
        begun.pipeline().addLast((ChannelHandler) late);
        begun.writeInbound(bytes("b"));
        pass(LIMIT + 1);

        assertThat(late.isSlowerThan(LIMIT)).isTrue();
    }

    private void receive(String text) {
        connection.writeInbound(bytes(text));
    }

    private void answer() {
        connection.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        connection.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        sent();
    }

    private void pass(long nanoseconds) {
        now.addAndGet(nanoseconds);
    }

    private String sent() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf next = connection.readOutbound(); next != null; next = connection.readOutbound()) {
            text.append(next.toString(StandardCharsets.ISO_8859_1));
            next.release();
        }
        return text.toString();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
