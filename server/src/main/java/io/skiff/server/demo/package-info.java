/**
 * The collections that {@code skiff demo} indexes: the documentation of the JDK that runs it, or a folder of texts.
 *
 * <pre>
 *   src.zip --> ApiParser --> DocText, Signatures --> ApiDocument --> JdkApiSource  \
 *                                                                                    DocumentSource --> DemoIndex
 *   folder  --> MarkdownSections, TextPassages, JSON lines --------> FolderSource   /
 * </pre>
 *
 * <p>Imports {@code io.skiff.server.ingest}, {@code io.skiff.index}, Jackson, and the JDK's own compiler tree API.
 */
package io.skiff.server.demo;
