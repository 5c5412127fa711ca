package io.skiff.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.demo.ApiParser.Source;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiParserTest {
    private static List<ApiDocument> parse(String content) throws IOException {
        return ApiParser.documents(List.of(new Source("m/java/p/T.java", "package java.p;\n" + content)));
    }

    private static List<String> ids(List<ApiDocument> documents) {
        return documents.stream().map(ApiDocument::id).toList();
    }

    /** The text of a class documented by {@code comment}. */
    private static String text(String comment) throws IOException {
        return parse("/**\n * " + comment.replace("\n", "\n * ") + "\n */ public class T {}")
                .getFirst()
                .text();
    }

    @Test
    void namesTypesAndMembersAndWhereTheyStand() throws IOException {
        List<ApiDocument> documents = parse("""
                /** A holder of things. Second sentence. */
                public class T<K extends Comparable<K>, V> {
                    /** Makes one. */
                    public T(int size) {}
                    /** Largest. */
                    protected static final int MAX = 7;
                    /** Finds. */
                    public <R> R find(java.util.Map<K, ? super V> in, @Deprecated R[] or, String... names) { return null; }
                }
                """);
        assertEquals(
                List.of(
                        "java.p.T",
                        "java.p.T#<init>(int)",
                        "java.p.T#MAX",
                        "java.p.T#find(java.util.Map,R[],String...)"),
                ids(documents));
        assertEquals(
                List.of(
                        "class T<K, V>",
                        "T(int size)",
                        "T.MAX",
                        "T.find(java.util.Map<K, ? super V> in, R[] or, String... names)"),
                documents.stream().map(ApiDocument::title).toList());
        assertEquals(
                List.of("class", "constructor", "field", "method"),
                documents.stream().map(ApiDocument::kind).toList());
        ApiDocument find = documents.getLast();
        assertEquals("java.p", find.packageName());
        assertEquals("m", find.moduleName());
        assertEquals("m/java/p/T.java:9", find.location());
        assertEquals("Finds.", find.summary());
        assertEquals("A holder of things.", find.context());
        assertEquals("", documents.getFirst().context());
    }

    @Test
    void nestedTypesEnumsRecordsAndAnnotations() throws IOException {
        List<ApiDocument> documents = parse("""
                /** Outer. */
                public interface T {
                    /** Public, as every member of an interface. */
                    int ZERO = 0;
                    /** Nested. */
                    enum Color {
                        /** Of blood. */
                        RED,
                        /** Of grass, with a body. */
                        @Deprecated GREEN { /** Hidden. */ public int x() { return 1; } };
                        /** No constant. */
                        public static final String NAME = "color";
                    }
                    /** A point. */
                    record Point(/** No member of its own. */ int x, int y) {}
                    /** Marks. */
                    @interface Mark {
                        /** How. */
                        String value();
                    }
                }
                """);
        assertEquals(
                List.of(
                        "interface: java.p.T",
                        "field: java.p.T#ZERO",
                        "enum: java.p.T.Color",
                        "enum constant: java.p.T.Color#RED",
                        "enum constant: java.p.T.Color#GREEN",
                        "field: java.p.T.Color#NAME",
                        "record: java.p.T.Point",
                        "annotation: java.p.T.Mark",
                        "method: java.p.T.Mark#value()"),
                documents.stream().map(d -> d.kind() + ": " + d.id()).toList());
        assertEquals("@interface T.Mark", documents.get(7).title());
    }

    @Test
    void whatIsNotPublicOrNotDocumentedIsLeftOut() throws IOException {
        assertEquals(List.of("java.p.T", "java.p.T#shown()"), ids(parse("""
                        /** Shown. */
                        public class T {
                            /** Hidden. */ private int a;
                            /** Hidden. */ void b() {}
                            /** Hidden with all that is in it. */
                            static class Inner { /** Hidden. */ public void c() {} }
                            public void undocumented() {}
                            /** {@inheritDoc} */ public void inherited() {}
                            /** @since 9 */ public void onlyBookkeeping() {}
                            /** Shown. */ protected void shown() { class Local { /** Hidden. */ public int d; } }
                        }
                        /** Hidden. */ class Other { /** Hidden. */ public void e() {} }
                        """)));
    }

    @Test
    void overloadsHaveIdsOfTheirOwn() throws IOException {
        assertEquals(
                List.of("java.p.T#f(int)", "java.p.T#f(int[])", "java.p.T#f(X)", "java.p.T#f(X)~2"), ids(parse("""
                        public class T {
                            /** One. */ public void f(int a) {}
                            /** Two. */ public void f(int[] a) {}
                            /** Three. */ public <X extends Number> void f(X a) {}
                            /** Four. */ public <X extends Runnable> void f(X a) {}
                        }
                        """)));
    }

    @Test
    void packageDocumentation() throws IOException {
        ApiDocument document = ApiParser.documents(
                        List.of(new Source("m/java/p/package-info.java", "/** Things for tests. */ package java.p;")))
                .getFirst();
        assertEquals("java.p", document.id());
        assertEquals("package java.p", document.title());
        assertEquals("package", document.kind());
    }

    @Test
    void markupBecomesPlainText() throws IOException {
        assertEquals("Runs a -> b && List<String>.", text("Runs {@code a -> b} &amp;&amp; {@literal List<String>}."));
        assertEquals(
                "See a label, String.length(), size() or Map.Entry.",
                text("See {@link Foo#bar(int) a <b>label</b>}, {@link String#length()},\n"
                        + "{@linkplain #size()} or {@link Map.Entry}."));
        assertEquals(
                "One.\nTwo & more\nthree\n2 < 3",
                text("One.\n<p>Two &#38; more\n<ul><li>three</ul><pre>2 &lt; 3</pre>"));
        assertEquals("The user.home property.", text("The {@systemProperty user.home} property.<!-- secret -->"));
        assertEquals("Returns the size.", text("{@return the size}"));
        assertEquals("Code:\na < b\nc\nd e", text("Code:\n<pre>{@code\na < b\nc}</pre>d\ne"));
        assertEquals(
                "Like so:\nint x = 1;\ny();",
                text("Like so:\n{@snippet :\nint x = 1; // @highlight substring=\"x\"\ny();\n}"));
    }

    @Test
    void blockTagsBecomeSentencesAndBookkeepingGoes() throws IOException {
        assertEquals("""
                Finds.
                Parameter name: what to {find}
                Type parameter R: the result
                Returns the result
                Throws java.io.IOException if it cannot
                Deprecated: use something else.
                Mind the gap.""", text("""
                        Finds.
                        @param name what to {@literal {find}}
                        @param <R> the result
                        @return the result
                        @throws java.io.IOException if it cannot
                        @deprecated use something else.
                        @apiNote Mind the gap.
                        @see String
                        @since 1.0
                        @author Somebody
                        @jls 4.2 Types"""));
    }

    @Test
    void markdownComments() throws IOException {
        ApiDocument document = parse("""
                /// Splits `text` at *every* [delimiter][String#split] of [String].
                ///
                /// Second paragraph with snake_case.
                public class T {}
                """).getFirst();
        assertEquals("Splits text at every delimiter of String.\nSecond paragraph with snake_case.", document.text());
    }

    @Test
    void searchedTextHasTheWordsOfTheNamesAndThePurposeOfTheType() throws IOException {
        String searched = parse("""
                /** Runs tasks later. */
                public interface T { /** Submits. */ void scheduleAtFixedRate(Runnable shutdownHook); }
                """).getLast().toRecord().text();
        assertTrue(searched.contains("t schedule at fixed rate runnable shutdown hook"), searched);
        assertTrue(searched.contains("Runs tasks later."), searched);
    }

    @Test
    void unreadableSourcesGiveWhatCanBeRead() throws IOException {
        assertEquals(List.of("java.p.T"), ids(parse("/** Shown. */ public class T { int x = ; }")));
        assertFalse(ApiParser.documents(List.of(
                        new Source("m/java/p/A.java", "))("),
                        new Source("m/java/p/B.java", "package java.p; /** Shown. */ public class B {}")))
                .isEmpty());
    }

    @Test
    void exportsToEverybodyOnly() throws IOException {
        assertEquals(
                Set.of("java.p", "java.q"),
                ApiParser.exportedPackages(new Source(
                        "m/module-info.java",
                        "module m { exports java.p; exports java.q; exports java.r to x; opens java.s; }")));
    }
}
