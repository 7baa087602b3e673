package org.scepgate.scep;

import static org.scepgate.scep.Keys.sure;

import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;

/** A provider that can do nothing but a raw RSA private operation, as a token might, and counts them. */
final class CountingProvider extends Provider {
    private static final long serialVersionUID = 1L;

    private final transient AtomicInteger operations = new AtomicInteger();

    CountingProvider() {
        super("Counting", "1", "raw RSA only");
        putService(new Service(this, "Cipher", "RSA/ECB/NoPadding", RawRsaCipher.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) {
                return new RawRsaCipher(operations);
            }
        });
    }

    int operations() {
        return operations.get();
    }

    private static final class RawRsaCipher extends CipherSpi {
        private final AtomicInteger operations;
        private final Cipher delegate = sure(() -> Cipher.getInstance("RSA/ECB/NoPadding", "SunJCE"));

        RawRsaCipher(AtomicInteger operations) {
            this.operations = operations;
        }

        @Override
        protected void engineInit(int mode, Key key, SecureRandom random) throws InvalidKeyException {
            delegate.init(mode, key, random);
        }

        // Without leading zeros, as some providers answer.
        @Override
        protected byte[] engineDoFinal(byte[] input, int offset, int length) {
            operations.incrementAndGet();
            byte[] output = sure(() -> delegate.doFinal(input, offset, length));
            int zeros = 0;
            while (zeros < output.length - 1 && output[zeros] == 0) {
                zeros++;
            }
            return Arrays.copyOfRange(output, zeros, output.length);
        }

        @Override
        protected void engineSetMode(String mode) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineSetPadding(String padding) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected int engineGetBlockSize() {
            return 0;
        }

        @Override
        protected int engineGetOutputSize(int inputLength) {
            return 256;
        }

        @Override
        protected byte[] engineGetIV() {
            return null;
        }

        @Override
        protected AlgorithmParameters engineGetParameters() {
            return null;
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameterSpec spec, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte[] engineUpdate(byte[] input, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int outputOffset) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int outputOffset) {
            throw new UnsupportedOperationException();
        }
    }
}
