package io.skiff.server.collection;

import io.skiff.encoder.SparseEncoder;
import java.util.List;

/** Gives the encoder of a field of a live index. */
@FunctionalInterface
interface FieldEncoders {
    /**
     * The encoder.
     *
     * @param field made from text
     * @param sample texts of the field, to calibrate the encoder on if they are the first ones
     * @throws UnknownModelException if the mapping names a model that there is not
     */
    SparseEncoder encoder(String field, List<String> sample);
}
