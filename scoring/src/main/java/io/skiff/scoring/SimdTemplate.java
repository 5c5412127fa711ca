package io.skiff.scoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.incubator.vector.VectorSpecies;

/**
 * Makes one class for each register width out of one source.
 *
 * <p>C2 compiles vector code well only where the species is a constant, so every width is a hidden class of its own,
 * defined from the bytes of the template with the species as its class data: a {@code static final} species in each, and
 * type profiles that the widths do not share. There is one such class for each width, however many ask for it: every
 * further one would run slowly until it, too, is compiled.
 */
final class SimdTemplate {
    private record Made(Class<?> template, VectorSpecies<?> species) {}

    private static final Map<Made, Object> MADE = new ConcurrentHashMap<>();

    private SimdTemplate() {}

    /**
     * The instance of a hidden copy of a class that has {@code species} as its class data.
     *
     * @param lookup of the template, which has a constructor without parameters and no state
     */
    static <T> T instantiate(
            Class<T> type, Class<? extends T> template, MethodHandles.Lookup lookup, VectorSpecies<?> species) {
        return type.cast(MADE.computeIfAbsent(new Made(template, species), key -> make(template, lookup, species)));
    }

    private static Object make(Class<?> template, MethodHandles.Lookup lookup, VectorSpecies<?> species) {
        try (InputStream bytes = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            MethodHandles.Lookup hidden = lookup.defineHiddenClassWithClassData(bytes.readAllBytes(), species, true);
            return hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class file of " + template.getName(), e);
        } catch (Throwable e) {
            throw new IllegalStateException(
                    "cannot set up SIMD kernels of " + species.vectorBitSize() + " bits from " + template.getName(), e);
        }
    }

    /** The species of the hidden class that asks; null for the template itself. */
    @SuppressWarnings("unchecked")
    static <E> VectorSpecies<E> speciesOf(MethodHandles.Lookup lookup) {
        try {
            return (VectorSpecies<E>) MethodHandles.classData(lookup, ConstantDescs.DEFAULT_NAME, VectorSpecies.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a class may read its own data", e);
        }
    }
}
