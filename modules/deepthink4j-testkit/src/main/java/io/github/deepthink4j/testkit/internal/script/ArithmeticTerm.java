package io.github.deepthink4j.testkit.internal.script;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Works out a term of + - * / and parentheses, exactly, and writes its steps down. */
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
        this.term = term.replaceAll("[xX\u00d7]", "*").replace('\u00f7', '/').replaceAll("\\s", "");
    }

    /**
     * @throws IllegalArgumentException if it is no such term
     * @throws ArithmeticException      if it divides by zero
     */
    Fraction result() {
        Fraction result = addition();
        if (position < term.length()) {
            throw new IllegalArgumentException("unexpected " + term.charAt(position));
        }
        return result;
    }

    List<String> steps() {
        return steps;
    }

    private Fraction addition() {
        Fraction left = multiplication();
        while (position < term.length() && (next() == '+' || next() == '-')) {
            char operator = term.charAt(position++);
            Fraction right = multiplication();
            left = step(left, operator, right, operator == '+' ? left.plus(right) : left.minus(right));
        }
        return left;
    }

    private Fraction multiplication() {
        Fraction left = factor();
        while (position < term.length() && (next() == '*' || next() == '/')) {
            char operator = term.charAt(position++);
            Fraction right = factor();
            left = step(left, operator, right, operator == '*' ? left.times(right) : left.by(right));
        }
        return left;
    }

    private Fraction step(Fraction left, char operator, Fraction right, Fraction result) {
        steps.add(operand(left) + " " + operator + " " + operand(right) + " = " + result);
        return result;
    }

    private static String operand(Fraction number) {
        return number.isDecimal() ? number.toString() : "(" + number + ")";
    }

    private Fraction factor() {
        if (position >= term.length() || ++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the term ends too early or is too deep");
        }
        try {
            if (next() == '-') {
                position++;
                return factor().negated();
            }
            if (next() == '(') {
                position++;
                Fraction inner = addition();
                if (position >= term.length() || term.charAt(position++) != ')') {
                    throw new IllegalArgumentException("a parenthesis is not closed");
                }
                return inner;
            }
            int start = position;
            while (position < term.length() && (Character.isDigit(next()) || next() == '.')) {
                position++;
            }
            return Fraction.of(new BigDecimal(term.substring(start, position)));
        } finally {
            depth--;
        }
    }

    private char next() {
        return term.charAt(position);
    }
}
