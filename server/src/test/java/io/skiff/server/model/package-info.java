/** A model for tests, small enough to be understood. */
package io.skiff.server.model;
