package io.echelon.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MomentsBuilderTest {
    /** Working rows [z1 | z2 z2' | x | y]. */
    private static final MomentLayout LAYOUT = new MomentLayout(new int[] {1, 2}, 1);

    @Test
    void nodesAreNumberedByTheirParentsAndSumTheirRows() {
        MomentsBuilder builder = new MomentsBuilder(LAYOUT);
        int a = builder.node(0, -1);
        int b = builder.node(0, -1);
        int b1 = builder.node(1, b);
        int a1 = builder.node(1, a);
        int b2 = builder.node(1, b);
        builder.add(new int[] {b, b1}, new double[] {1, 1, 2, 3, 4});
        builder.add(new int[] {a, a1}, new double[] {1, 1, 5, 6, 7});
        builder.add(new int[] {b, b2}, new double[] {1, 1, 8, 9, 10});
        builder.add(new int[] {b, b1}, new double[] {1, 1, 11, 12, 13});
        Moments moments = builder.build(new NodeKeys[] {new NodeKeys.Text(new String[] {"a", "b"}),
            new NodeKeys.Whole(new long[] {21, 11, 22})});

        assertArrayEquals(new int[] {0, 1, 1}, moments.parent()[1]);
        assertArrayEquals(new int[] {1, 2, 1}, moments.rows()[1]);
        assertArrayEquals(new int[] {1, 3}, moments.rows()[0]);
        assertEquals("11", moments.keys()[1].label(0));
        assertEquals("21", moments.keys()[1].label(1));
        assertEquals("b", moments.keys()[0].label(1));
        // Node a: z'z, then z'x, z'y. Node b1: z'z packed, then rows [outer z, x, y] for each of its two columns.
        assertArrayEquals(new double[] {1, 6, 7, 3, 24, 27}, moments.data()[0]);
        double[] b1Block = new double[9];
        System.arraycopy(moments.data()[1], 9, b1Block, 0, 9);
        assertArrayEquals(new double[] {2, 13, 125, 2, 15, 17, 13, 2 * 3 + 11 * 12, 2 * 4 + 11 * 13}, b1Block);
        assertArrayEquals(new double[] {9 + 36 + 81 + 144, 12 + 42 + 90 + 156, 16 + 49 + 100 + 169}, moments.root());
        assertEquals(4, moments.n());
    }

    @Test
    void columnsAreSelected() {
        MomentLayout layout = new MomentLayout(new int[] {1}, 3);
        MomentsBuilder builder = new MomentsBuilder(layout);
        builder.node(0, -1);
        builder.add(new int[] {0}, new double[] {1, 2, 3, 4, 5});
        NodeKeys[] keys = {new NodeKeys.Whole(new long[] {1})};
        Moments selected = builder.build(keys).withFixed(new int[] {0, 2});
        assertArrayEquals(new double[] {1, 2, 4, 5}, selected.data()[0]);
        assertArrayEquals(new double[] {4, 8, 16, 10, 20, 25}, selected.root());
        assertEquals(2, selected.layout().fixed());
    }
}
