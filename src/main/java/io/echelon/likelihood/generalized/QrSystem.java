package io.echelon.likelihood.generalized;

/**
 * The triangular factor R of the rows √w z, H = R'R, with the own normals first: each row is rotated in (W. M. Gentleman, J. Inst.
 * Maths Applics 12, 1973). With R = [R₁₁ R₁₂; 0 R₂₂], L = R₁₁', K = R₁₁⁻¹R₁₂, and the rows of R₂₂ go up to the parent (J. C. Pinheiro
 * and D. M. Bates, Mixed-Effects Models in S and S-PLUS, 2000, section 2.2.3).
 */
final class QrSystem implements NodeSystem {
    private double[] row = new double[4];

    @Override
    public void add(double w, double[] z, int at, int a, int q, double[] h) {
        begin(a + q);
        double root = Math.sqrt(w);
        for (int i = 0; i < a + q; i++) {
            row[i] = root * z[at + (i < q ? a + i : i - q)];
        }
        rotateIn(0, a + q, h);
    }

    @Override
    public void addOwn(double w, int i, int a, int q, double[] h) {
        begin(a + q);
        row[i] = Math.sqrt(w);
        rotateIn(i, a + q, h);
    }

    private void begin(int side) {
        if (row.length < side) {
            row = new double[side];
        }
        java.util.Arrays.fill(row, 0, side, 0);
    }

    /** Rotates the row, whose first entries are zero, into R; a negative weight makes it, and R, not a number. */
    private void rotateIn(int first, int side, double[] r) {
        for (int i = first; i < side; i++) {
            double b = row[i];
            if (b == 0) {
                continue;
            }
            double d = r[i * side + i];
            double length = Math.sqrt(d * d + b * b);
            double cos = d / length;
            double sin = b / length;
            r[i * side + i] = length;
            for (int j = i + 1; j < side; j++) {
                double above = r[i * side + j];
                r[i * side + j] = cos * above + sin * row[j];
                row[j] = cos * row[j] - sin * above;
            }
        }
    }

    @Override
    public boolean eliminate(int a, int q, double[] h, double[] factor, int f, double[] coupling, int k) {
        int side = a + q;
        boolean definite = true;
        for (int i = 0; i < q; i++) {
            double d = h[i * side + i];
            definite &= d > 0 && d < Double.POSITIVE_INFINITY;
            for (int j = 0; j <= i; j++) {
                factor[f + i * q + j] = h[j * side + i];
            }
        }
        if (!definite) {
            NodeSystem.identity(factor, f, q);
        }
        for (int j = 0; j < a; j++) {
            for (int i = q - 1; i >= 0; i--) {
                double s = h[i * side + q + j];
                for (int e = i + 1; e < q; e++) {
                    s -= factor[f + e * q + i] * coupling[k + e * a + j];
                }
                coupling[k + i * a + j] = s / factor[f + i * q + i];
            }
        }
        return definite;
    }

    @Override
    public void addUp(double w, int a, int q, double[] h, double[] coupling, int k, int p, double[] parent) {
        int side = a + q;
        int above = a - p;
        double root = Math.sqrt(w);
        for (int r = 0; r < a; r++) {
            begin(a);
            for (int c = r; c < a; c++) {
                row[c < above ? p + c : c - above] = root * h[(q + r) * side + q + c];
            }
            rotateIn(0, a, parent);
        }
    }
}
