/** The search page in a real browser, where one is installed. */
package io.skiff.server.page;
