package io.github.deepthink4j.testkit.internal.script;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Works out a term of + - * / and parentheses, exactly as far as that goes, and writes its steps down. */
final class ArithmeticTerm {

    private static final int MAX_DEPTH = 50;

    private final String term;
    private final List<String> steps = new ArrayList<>();
    private int position;
    private int depth;

    /**
     * @param term may use x and the typographic signs of multiplication and division
     */
    ArithmeticTerm(String term) {
        this.term = term.replace('x', '*')
                .replace('\u00d7', '*')
                .replace('\u00f7', '/')
                .replace(" ", "");
    }

    /**
     * @throws IllegalArgumentException if it is no such term
     * @throws ArithmeticException      if it divides by zero
     */
    BigDecimal result() {
        BigDecimal result = addition();
        if (position < term.length()) {
            throw new IllegalArgumentException("unexpected " + term.charAt(position));
        }
        return plain(result);
    }

    List<String> steps() {
        return steps;
    }

    private BigDecimal addition() {
        BigDecimal left = multiplication();
        while (position < term.length() && (next() == '+' || next() == '-')) {
            char operator = term.charAt(position++);
            BigDecimal right = multiplication();
            left = step(left, operator, right, operator == '+' ? left.add(right) : left.subtract(right));
        }
        return left;
    }

    private BigDecimal multiplication() {
        BigDecimal left = factor();
        while (position < term.length() && (next() == '*' || next() == '/')) {
            char operator = term.charAt(position++);
            BigDecimal right = factor();
            BigDecimal result = operator == '*' ? left.multiply(right) : left.divide(right, MathContext.DECIMAL64);
            left = step(left, operator, right, result);
        }
        return left;
    }

    private BigDecimal step(BigDecimal left, char operator, BigDecimal right, BigDecimal result) {
        steps.add(plain(left).toPlainString() + " " + operator + " "
                + plain(right).toPlainString() + " = " + plain(result).toPlainString());
        return result;
    }

    private BigDecimal factor() {
        if (position >= term.length() || ++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the term ends too early or is too deep");
        }
        try {
            if (next() == '-') {
                position++;
                return factor().negate();
            }
            if (next() == '(') {
                position++;
                BigDecimal inner = addition();
                if (position >= term.length() || term.charAt(position++) != ')') {
                    throw new IllegalArgumentException("a parenthesis is not closed");
                }
                return inner;
            }
            int start = position;
            while (position < term.length() && (Character.isDigit(next()) || next() == '.')) {
                position++;
            }
            return new BigDecimal(term.substring(start, position));
        } finally {
            depth--;
        }
    }

    private char next() {
        return term.charAt(position);
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
