package io.github.deepthink4j.testkit.internal.script;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * A number as it is: a third is no decimal.
 *
 * @param over  in its lowest terms
 * @param under more than zero
 */
record Fraction(BigInteger over, BigInteger under) {

    private static final BigInteger FIVE = BigInteger.valueOf(5);

    static Fraction of(BigDecimal number) {
        return number.scale() > 0
                ? reduced(number.unscaledValue(), BigInteger.TEN.pow(number.scale()))
                : new Fraction(number.toBigIntegerExact(), BigInteger.ONE);
    }

    private static Fraction reduced(BigInteger over, BigInteger under) {
        BigInteger common = over.gcd(under).multiply(BigInteger.valueOf(under.signum()));
        return new Fraction(over.divide(common), under.divide(common));
    }

    Fraction plus(Fraction other) {
        return reduced(over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
    }

    Fraction minus(Fraction other) {
        return plus(other.negated());
    }

    Fraction times(Fraction other) {
        return reduced(over.multiply(other.over), under.multiply(other.under));
    }

    /** @throws ArithmeticException if the other one is zero */
    Fraction by(Fraction other) {
        if (other.over.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        return reduced(over.multiply(other.under), under.multiply(other.over));
    }

    Fraction negated() {
        return new Fraction(over.negate(), under);
    }

    /** Whether a decimal can say it. */
    boolean isDecimal() {
        BigInteger rest = under.shiftRight(under.getLowestSetBit());
        while (rest.mod(FIVE).signum() == 0) {
            rest = rest.divide(FIVE);
        }
        return rest.equals(BigInteger.ONE);
    }

    /** As a decimal: the number itself if there is one, else the nearest of sixteen digits. */
    String decimal() {
        BigDecimal whole = new BigDecimal(over);
        BigDecimal parts = new BigDecimal(under);
        BigDecimal decimal =
                (isDecimal() ? whole.divide(parts) : whole.divide(parts, MathContext.DECIMAL64)).stripTrailingZeros();
        return (decimal.scale() < 0 ? decimal.setScale(0) : decimal).toPlainString();
    }

    /** Without any rounding. */
    @Override
    public String toString() {
        return isDecimal() ? decimal() : over + "/" + under;
    }
}
