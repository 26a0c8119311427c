package io.echelon.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;

/**
 * What a run took.
 *
 * @param wall seconds on the clock
 * @param cpu  seconds of all cores in this process, which other work on the machine does not change much
 */
record Cost(double wall, double cpu) {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static Cost of(Runnable run) {
        long wall = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        run.run();
        return new Cost((System.nanoTime() - wall) / 1e9, (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
    }

    static Cost median(List<Cost> costs) {
        return costs.stream().sorted(Comparator.comparing(Cost::wall)).toList().get(costs.size() / 2);
    }
}
