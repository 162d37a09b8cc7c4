package io.menso.local.models.torch;

import io.menso.local.models.weights.WeightsException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the small part of Python's pickle format (protocol 2) that plain data need, and nothing that runs code.
///
/// A pickle is a program for a stack machine. Of its instructions only those that build numbers, texts, lists,
/// tuples and dictionaries are known here; a call is possible only of the few names that [Globals] allows, and is
/// carried out by it. Whatever else the program asks for ends the reading. Every length is checked against the
/// bytes that are left, so that a few bytes cannot ask for much memory.
final class PickleReader {

    /// What may be named in a pickle, and what calling it means.
    interface Globals {

        /// @throws WeightsException if the name is not allowed
        Object named(String name) throws WeightsException;

        /// @throws WeightsException if this cannot be called with these arguments
        Object call(Object callee, List<?> arguments) throws WeightsException;

        /// @throws WeightsException if there can be no such object outside the pickle
        Object persistent(Object id) throws WeightsException;
    }

    /// Python's None.
    static final Object NONE = new Object();

    private static final Object MARK = new Object();
    private static final int MAX_OBJECTS = 200_000;
    private static final int MAX_TEXT = 4096;

    private final ByteBuffer in;
    private final Globals globals;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private int steps;

    /// @param in      little-endian; stands behind the pickle afterwards
    /// @param globals what may be named and called
    PickleReader(ByteBuffer in, Globals globals) {
        this.in = in;
        this.globals = globals;
    }

    /// Reads one pickle.
    ///
    /// @throws WeightsException if it is damaged or asks for anything but data
    Object read() throws WeightsException {
        try {
            for (int opcode = in.get() & 0xff; opcode != '.'; opcode = in.get() & 0xff) {
                if (++steps > MAX_OBJECTS) {
                    throw new WeightsException("the pickle has more than " + MAX_OBJECTS + " instructions");
                }
                step(opcode);
            }
            Object result = pop();
            if (!stack.isEmpty()) {
                throw new WeightsException("the pickle leaves more than one object");
            }
            return result;
        } catch (BufferUnderflowException e) {
            throw new WeightsException("the file ends in the middle of a pickle");
        }
    }

    private void step(int opcode) throws WeightsException {
        switch (opcode) {
            case 0x80 -> requireProtocol(in.get());
            case '(' -> stack.add(MARK);
            case ')', 't', 0x85, 0x86, 0x87 -> tuple(opcode);
            case ']' -> stack.add(new ArrayList<>());
            case '}' -> stack.add(new LinkedHashMap<>());
            case 'N', 0x88, 0x89, 'K', 'M', 'J', 0x8a, 'G' -> stack.add(scalar(opcode));
            case 'X' -> stack.add(text(in.getInt()));
            case 'q', 'r' -> memo.put(index(opcode == 'q'), top());
            case 'h', 'j' -> recall(index(opcode == 'h'));
            case 'a', 'e' -> append(opcode);
            case 's', 'u' -> put(opcode);
            // Attributes of an object, such as the versions that state dicts carry beside their tensors: not data.
            case 'b' -> pop();
            case 'c' -> stack.add(globals.named(line() + "." + line()));
            case 'R' -> {
                List<?> arguments = list(pop());
                stack.add(globals.call(pop(), arguments));
            }
            case 'Q' -> stack.add(globals.persistent(pop()));
            default ->
                throw new WeightsException(
                        "the pickle has the instruction 0x" + Integer.toHexString(opcode) + ", which is not for data");
        }
    }

    private static void requireProtocol(byte protocol) throws WeightsException {
        if (protocol != 2) {
            throw new WeightsException("the pickle has protocol " + protocol + " instead of 2");
        }
    }

    private Object scalar(int opcode) throws WeightsException {
        return switch (opcode) {
            case 'N' -> NONE;
            case 0x88 -> true;
            case 0x89 -> false;
            case 'K' -> (long) (in.get() & 0xff);
            case 'M' -> (long) (in.getShort() & 0xffff);
            case 'J' -> (long) in.getInt();
            case 'G' -> Double.longBitsToDouble(Long.reverseBytes(in.getLong()));
            default -> bigInteger();
        };
    }

    private Object bigInteger() throws WeightsException {
        byte[] bytes = bytes(in.get() & 0xff);
        byte[] bigEndian = new byte[bytes.length + 1];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[bytes.length - i] = bytes[i];
        }
        bigEndian[0] = (byte) (bytes.length > 0 && bytes[bytes.length - 1] < 0 ? -1 : 0);
        BigInteger value = new BigInteger(bigEndian);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private void tuple(int opcode) throws WeightsException {
        if (opcode == 't') {
            stack.add(toMark());
            return;
        }
        int size = opcode == ')' ? 0 : opcode - 0x84;
        List<Object> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.addFirst(pop());
        }
        stack.add(List.copyOf(items));
    }

    private void append(int opcode) throws WeightsException {
        List<Object> items = opcode == 'e' ? toMark() : List.of(pop());
        if (!(top() instanceof ArrayList<?> list)) {
            throw new WeightsException("the pickle appends to what is no list");
        }
        @SuppressWarnings("unchecked")
        ArrayList<Object> target = (ArrayList<Object>) list;
        target.addAll(items);
    }

    private void put(int opcode) throws WeightsException {
        List<Object> items = opcode == 'u' ? toMark() : pair();
        if (!(top() instanceof LinkedHashMap<?, ?> map) || items.size() % 2 != 0) {
            throw new WeightsException("the pickle puts something else than pairs into a dictionary");
        }
        @SuppressWarnings("unchecked")
        LinkedHashMap<Object, Object> target = (LinkedHashMap<Object, Object>) map;
        for (int i = 0; i < items.size(); i += 2) {
            // Only texts as keys: the hash of a list that holds itself never ends.
            if (!(items.get(i) instanceof String key)) {
                throw new WeightsException("the pickle has a dictionary with a key that is no text");
            }
            target.put(key, items.get(i + 1));
        }
    }

    private List<Object> pair() throws WeightsException {
        Object value = pop();
        return List.of(pop(), value);
    }

    private List<Object> toMark() throws WeightsException {
        int mark = stack.size() - 1;
        while (mark >= 0 && !isMark(stack.get(mark))) {
            mark--;
        }
        if (mark < 0) {
            throw new WeightsException("the pickle closes what it has not opened");
        }
        List<Object> tail = stack.subList(mark, stack.size());
        List<Object> items = List.copyOf(tail.subList(1, tail.size()));
        tail.clear();
        return items;
    }

    private Object pop() throws WeightsException {
        Object top = top();
        stack.removeLast();
        return top;
    }

    private Object top() throws WeightsException {
        if (stack.isEmpty() || isMark(stack.getLast())) {
            throw new WeightsException("the pickle takes from an empty stack");
        }
        return stack.getLast();
    }

    @SuppressWarnings("ReferenceEquality") // the mark is one object and equal to nothing else
    private static boolean isMark(Object object) {
        return object == MARK;
    }

    private void recall(int index) throws WeightsException {
        Object object = memo.get(index);
        if (object == null) {
            throw new WeightsException("the pickle recalls what it has not stored");
        }
        stack.add(object);
    }

    private int index(boolean small) {
        return small ? in.get() & 0xff : in.getInt();
    }

    private String text(int length) throws WeightsException {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) throws WeightsException {
        if (length < 0 || length > MAX_TEXT) {
            throw new WeightsException("the pickle has a text of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private String line() throws WeightsException {
        StringBuilder line = new StringBuilder();
        for (byte b = in.get(); b != '\n'; b = in.get()) {
            if (line.length() >= MAX_TEXT) {
                throw new WeightsException("the pickle has an endless name");
            }
            line.append((char) (b & 0xff));
        }
        return line.toString();
    }

    private static List<?> list(Object object) throws WeightsException {
        if (object instanceof List<?> list) {
            return list;
        }
        throw new WeightsException("the pickle calls something without a tuple of arguments");
    }
}
