package io.echelon.link;

/** log μ = η. */
public record Log() implements MeanLink {
    @Override
    public String text() {
        return "log";
    }

    @Override
    public double mean(double eta) {
        return Math.exp(eta);
    }

    @Override
    public void mean(double eta, double[] d) {
        double mu = Math.exp(eta);
        d[0] = mu;
        d[1] = mu;
        d[2] = mu;
        d[3] = mu;
    }
}
