package io.echelon.link;

/** μ = η. */
public record Identity() implements MeanLink {
    @Override
    public String text() {
        return "identity";
    }

    @Override
    public double mean(double eta) {
        return eta;
    }

    @Override
    public void mean(double eta, double[] d) {
        d[0] = eta;
        d[1] = 1;
        d[2] = 0;
        d[3] = 0;
    }
}
