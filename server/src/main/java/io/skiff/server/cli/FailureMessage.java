package io.skiff.server.cli;

import io.skiff.encoder.EncodingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in one line what went wrong. */
final class FailureMessage {
    private FailureMessage() {}

    static String of(Throwable failure) {
        return oneLine(
                switch (failure) {
                    case UncheckedIOException e -> of(e.getCause());
                    // Their messages are bare paths, or paths and what the system calls the error.
                    case NoSuchFileException e -> e.getFile() + ": no such file or directory";
                    case FileAlreadyExistsException e -> e.getFile() + ": exists already";
                    case AccessDeniedException e -> e.getFile() + ": access denied";
                    case NotDirectoryException e -> e.getFile() + ": is not a directory";
                    case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + e.getReason();
                    case IOException e when e.getMessage() != null -> e.getMessage();
                    case IllegalArgumentException e when e.getMessage() != null -> e.getMessage();
                    case EncodingException e -> e.getMessage();
                    case UnsupportedOperationException e when e.getMessage() != null -> e.getMessage();
                    default -> "unexpected " + failure + " (--stacktrace shows where)";
                });
    }

    static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
