package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/**
 * Looks for many texts and numbers in bytes at once, in each form that the heap of a Java process, a log or a database
 * may have them in.
 */
public final class ByteSearch {
    // UTF-16 as strings keep it, and as an array of char stands in a heap dump.
    private static final List<Charset> ENCODINGS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
    private static final int PREFIX = 8;

    private final Map<Integer, List<Wanted>> wanted = new HashMap<>();
    private final BitSet prefixes = new BitSet(1 << 20);

    private record Wanted(String name, byte[] bytes) {}

    /** @param texts of at least eight characters, by a name that a test may print */
    public static ByteSearch of(Map<String, String> texts) {
        ByteSearch search = new ByteSearch();
        texts.forEach((name, text) -> {
            ENCODINGS.forEach(encoding -> search.add(name, text.getBytes(encoding)));
            search.addWritten(name, text.getBytes(StandardCharsets.UTF_8));
        });
        return search;
    }

    /**
     * Likewise numbers of 64 bits or more: their bytes, the highest or the lowest first, and their digits. Those of a
     * {@link BigInteger} stand in a heap dump with the highest first, as in DER.
     */
    public ByteSearch and(Map<String, BigInteger> numbers) {
        numbers.forEach((name, number) -> {
            byte[] bytes = BigIntegers.asUnsignedByteArray(number);
            add(name, bytes);
            add(name, Arrays.reverse(bytes));
            add(name, number.toString().getBytes(StandardCharsets.US_ASCII));
            addWritten(name, bytes);
        });
        return this;
    }

    private void addWritten(String name, byte[] bytes) {
        WrittenBytes.forms(bytes).forEach(form -> add(name, form.getBytes(StandardCharsets.US_ASCII)));
    }

    private void add(String name, byte[] bytes) {
        if (bytes.length < PREFIX) {
            throw new IllegalArgumentException(name + " is too short to look for");
        }
        int bucket = bucket(ByteBuffer.wrap(bytes).getLong());
        wanted.computeIfAbsent(bucket, same -> new ArrayList<>()).add(new Wanted(name, bytes));
        prefixes.set(bucket);
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
            int bucket = bucket(window);
            if (prefixes.get(bucket)) {
                compare(content, at - PREFIX + 1, wanted.get(bucket), found);
            }
        }
        return found;
    }

    private static void compare(ByteBuffer content, int start, List<Wanted> alike, Map<String, Integer> found) {
        for (Wanted one : alike) {
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
