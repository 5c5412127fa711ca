/**
 * What {@code skiff demo} is made of: its collections, which are the documentation of the JDK that runs it or a folder
 * of texts, the place where their index is kept, and the question that is asked.
 *
 * <pre>
 *   src.zip --> ApiParser --> DocText, Signatures --> ApiDocument --> JdkApiSource  \
 *                                                                                    DemoCollection --> DemoIndex
 *   folder  --> MarkdownSections, TextPassages --> Passage ---------> FolderSource  /
 * </pre>
 *
 * <p>Imports {@code io.skiff.server.ingest} and {@code io.skiff.index}, and the JDK's own compiler tree API.
 */
package io.skiff.server.demo;
