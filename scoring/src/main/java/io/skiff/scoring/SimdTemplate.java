package io.skiff.scoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.VectorSpecies;

/**
 * Makes one class for each register width out of one source.
 *
 * <p>C2 compiles vector code well only where the species is a constant, so every width is a hidden class of its own,
 * defined from the bytes of the template with the species as its class data: a {@code static final} species in each, and
 * type profiles that the widths do not share.
 */
final class SimdTemplate {
    private SimdTemplate() {}

    /**
     * An instance of a hidden copy of a class that has {@code species} as its class data.
     *
     * @param lookup of the template, which has a constructor without parameters
     */
    static <T> T instantiate(
            Class<T> type, Class<? extends T> template, MethodHandles.Lookup lookup, VectorSpecies<?> species) {
        try (InputStream bytes = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            MethodHandles.Lookup hidden = lookup.defineHiddenClassWithClassData(bytes.readAllBytes(), species, true);
            return type.cast(hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class))
                    .invoke());
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
