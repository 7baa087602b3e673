package org.scepgate.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The way from a server to PostgreSQL, statement by statement: it writes them down, and holds one before it arrives or
 * before its answer is back, for as long as the server lives.
 *
 * <p>What servers do by themselves (events, seals, CRLs, health) passes and is not written down.
 */
public final class StatementProxy implements AutoCloseable {
    private static final Pattern BY_ITSELF = Pattern.compile(
            "(?is).*(\\b(crl|crl_change|event|event_\\w+|audit_seal|audit_anchor|audit_alarm|written_in|created_by)\\b"
                    + "|advisory|pg_\\w+|not_after <=|expires_at <=|revocation_reason from certificate).*|select 1");
    private static final Set<String> ENDS = Set.of("COMMIT", "ROLLBACK");

    private final Listener listener = Listener.open("statement-proxy");
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private Hold hold;

    private StatementProxy(int target) {
        this.target = target;
    }

    /** Leads to this port of the machine. */
    public static StatementProxy to(int port) {
        StatementProxy proxy = new StatementProxy(port);
        proxy.listener.accept(proxy::connect);
        return proxy;
    }

    public int port() {
        return listener.port();
    }

    /** The statements up to the one that is meant, which is the last of them. */
    private record Hold(List<String> steps, Moment moment, CompletableFuture<String> held) {
        String meant() {
            return steps.get(steps.size() - 1);
        }
    }

    /** Begins to count and to write down anew. */
    public synchronized void forget() {
        statements.clear();
        hold = null;
    }

    /** What was executed since {@link #forget()}, in order; of a transaction its end too. */
    public List<String> statements() {
        return List.copyOf(statements);
    }

    /**
     * Holds the last of these statements once the others came before it, in order. Whatever else comes between passes
     * and is not written down: the server's own work is as often due as a machine is slow.
     *
     * @return the statement, once it is held: before it arrives, or when PostgreSQL has answered it
     */
    public synchronized CompletableFuture<String> hold(List<String> steps, Moment moment) {
        forget();
        hold = new Hold(steps, moment, new CompletableFuture<>());
        return hold.held();
    }

    /** Ends every connection, as PostgreSQL sees it when the server is gone. */
    public void drop() {
        links.forEach(Link::close);
    }

    /** Whether it is one that is waited for; without a hold each of them is. */
    private synchronized boolean isAwaited(String statement) {
        return hold == null
                || statements.size() < hold.steps().size()
                        && hold.steps().get(statements.size()).equals(statement);
    }

    private synchronized Hold passing(String statement) {
        if (!isAwaited(statement)) {
            return null;
        }
        statements.add(statement);
        return hold != null && statements.size() == hold.steps().size() ? hold : null;
    }

    private void connect(Socket client) throws IOException {
        Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
        links.add(link);
        listener.run(link::copyRequests);
        listener.run(link::copyAnswers);
    }

    @Override
    public void close() {
        listener.close();
        drop();
    }

    /** One connection, as messages of PostgreSQL's protocol 3.0: a type of one byte, a length of four, the content. */
    private final class Link {
        private final Socket client;
        private final Socket server;
        private final Map<String, String> prepared = new HashMap<>();
        private boolean inTransaction;
        private boolean byItself;
        private boolean isWork;
        private volatile Hold answerHeld;

        private Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        private void close() {
            try (client;
                    server) {
                links.remove(this);
            } catch (IOException gone) {
                // Nothing is left to be closed then.
            }
        }

        private void copyRequests() {
            try (client;
                    server) {
                DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
                // The first message has no type.
                write(out, in.readInt(), in);
                out.flush();
                for (int type = in.read(); type >= 0; type = in.read()) {
                    byte[] content = in.readNBytes(in.readInt() - 4);
                    Hold meant = executed(type, content);
                    if (meant != null && meant.moment() == Moment.BEFORE_IT_ARRIVES) {
                        meant.held().complete(meant.meant());
                        // Until drop() or the end of the server.
                        in.transferTo(DataOutputStream.nullOutputStream());
                        return;
                    }
                    if (meant != null) {
                        answerHeld = meant;
                    }
                    out.writeByte(type);
                    out.writeInt(content.length + 4);
                    out.write(content);
                    out.flush();
                }
            } catch (IOException ended) {
                // Both sides are closed by then.
            }
        }

        private void write(DataOutputStream out, int length, DataInputStream in) throws IOException {
            out.writeInt(length);
            out.write(in.readNBytes(length - 4));
        }

        /** The hold that is meant for the statement which this message executes; null for all others. */
        private Hold executed(int type, byte[] content) {
            if (type == 'P') {
                List<String> words = words(content);
                prepared.put(words.get(0), words.get(1));
                return null;
            }
            if (type == 'B') {
                return executed(prepared.get(words(content).get(1)));
            }
            return type == 'Q' ? executed(words(content).get(0)) : null;
        }

        private Hold executed(String statement) {
            if (statement.equals("BEGIN")) {
                inTransaction = true;
                byItself = false;
                isWork = false;
                return null;
            }
            if (ENDS.contains(statement)) {
                inTransaction = false;
                return isWork && !byItself ? passing(statement) : null;
            }
            // What begins as work of the server's own stays so to its end.
            byItself = inTransaction && byItself || BY_ITSELF.matcher(statement).matches();
            isWork = !byItself && (inTransaction && isWork || isAwaited(statement));
            return isWork ? passing(statement) : null;
        }

        private List<String> words(byte[] content) {
            return List.of(new String(content, StandardCharsets.UTF_8).split("\0", 3));
        }

        private void copyAnswers() {
            try (client;
                    server) {
                DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
                for (int type = in.read(); type >= 0; type = in.read()) {
                    byte[] content = in.readNBytes(in.readInt() - 4);
                    Hold meant = answerHeld;
                    if (meant == null) {
                        out.writeByte(type);
                        out.writeInt(content.length + 4);
                        out.write(content);
                        out.flush();
                    } else if (type == 'Z') {
                        // PostgreSQL is done with it, and with the commit.
                        meant.held().complete(meant.meant());
                    }
                }
            } catch (IOException ended) {
                // Both sides are closed by then.
            }
        }
    }
}
