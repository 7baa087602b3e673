package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks for many texts in bytes at once, in each encoding that the heap of a Java process or a file may have them in. */
public final class ByteSearch {
    // UTF-16 as strings keep it, and as an array of char stands in a heap dump.
    private static final List<Charset> ENCODINGS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
    private static final int PREFIX = 8;

    private final List<Wanted> wanted = new ArrayList<>();
    private final BitSet prefixes = new BitSet(1 << 20);

    private record Wanted(String name, byte[] bytes) {}

    /** @param texts of at least eight characters, by a name that a test may print */
    public static ByteSearch of(Map<String, String> texts) {
        ByteSearch search = new ByteSearch();
        texts.forEach((name, text) -> ENCODINGS.forEach(encoding -> search.add(name, text.getBytes(encoding))));
        return search;
    }

    private void add(String name, byte[] bytes) {
        if (bytes.length < PREFIX) {
            throw new IllegalArgumentException(name + " is too short to look for");
        }
        wanted.add(new Wanted(name, bytes));
        prefixes.set(bucket(ByteBuffer.wrap(bytes).getLong()));
    }

    /** Likewise bytes that are no text. */
    public ByteSearch and(String name, byte[] bytes) {
        add(name, bytes);
        return this;
    }

    /** How often each was found; those that were not are left out. */
    public Map<String, Integer> in(String text) {
        return in(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Likewise in a file of up to 2 GiB. */
    public Map<String, Integer> in(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            MappedByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return in(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Integer> in(ByteBuffer content) {
        Map<String, Integer> found = new TreeMap<>();
        long window = 0;
        for (int at = 0; at < content.limit(); at++) {
            window = window << Byte.SIZE | content.get(at) & 0xFF;
            if (prefixes.get(bucket(window))) {
                compare(content, at - PREFIX + 1, found);
            }
        }
        return found;
    }

    private void compare(ByteBuffer content, int start, Map<String, Integer> found) {
        for (Wanted one : wanted) {
            int end = start + one.bytes().length;
            if (start >= 0
                    && end <= content.limit()
                    && content.slice(start, one.bytes().length).equals(ByteBuffer.wrap(one.bytes()))) {
                found.merge(one.name(), 1, Integer::sum);
            }
        }
    }

    private static int bucket(long prefix) {
        return (int) (prefix * 0x9E3779B97F4A7C15L >>> 44);
    }
}
