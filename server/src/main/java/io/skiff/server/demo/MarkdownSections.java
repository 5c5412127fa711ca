package io.skiff.server.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentNodeRendererContext;
import org.commonmark.renderer.text.TextContentRenderer;

/** Cuts a Markdown document at its headings; each section's title is the path of headings that leads to it. */
final class MarkdownSections {
    private static final Parser PARSER =
            Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();
    private static final TextContentRenderer TEXT = TextContentRenderer.builder()
            .lineBreakRendering(LineBreakRendering.COMPACT)
            .nodeRendererFactory(BareCode::new)
            .build();
    private static final Pattern NO_SLUG_CHARACTERS = Pattern.compile("[^\\p{L}\\p{N}_ -]");

    /** Keeps ids within the index's limit, whatever the headings. */
    private static final int MAX_SLUG_CHARACTERS = 80;

    private final List<Passage> sections = new ArrayList<>();
    private final Set<String> anchors = new HashSet<>();
    private final String[] path = new String[6];
    private final StringBuilder text = new StringBuilder();
    private String anchor = "";
    private int line = 1;

    private MarkdownSections() {}

    /** The sections of a document in their order; those without any text but with a heading are kept. */
    static List<Passage> of(String markdown) {
        MarkdownSections sections = new MarkdownSections();
        for (Node block = PARSER.parse(markdown).getFirstChild(); block != null; block = block.getNext()) {
            if (block instanceof Heading heading) {
                sections.finish();
                sections.start(heading);
            } else {
                sections.text.append(TEXT.render(block)).append('\n');
            }
        }
        sections.finish();
        return sections.sections;
    }

    private void start(Heading heading) {
        String title = TEXT.render(heading).strip();
        int level = heading.getLevel();
        path[level - 1] = title;
        for (int deeper = level; deeper < path.length; deeper++) {
            path[deeper] = null;
        }
        anchor = unique(slug(title));
        line = heading.getSourceSpans().getFirst().getLineIndex() + 1;
    }

    private void finish() {
        String body = text.toString().strip();
        text.setLength(0);
        StringJoiner title = new StringJoiner(" > ");
        for (String heading : path) {
            if (heading != null && !heading.isEmpty()) {
                title.add(heading);
            }
        }
        if (!body.isEmpty() || title.length() > 0) {
            sections.add(new Passage(anchor, title.toString(), body, line));
        }
    }

    /** As code hosts make the anchors of headings: {@code What it's for} gives {@code what-its-for}. */
    private static String slug(String heading) {
        String slug = NO_SLUG_CHARACTERS
                .matcher(heading.toLowerCase(Locale.ROOT))
                .replaceAll("")
                .replace(' ', '-');
        return slug.isEmpty() ? "section" : slug.substring(0, Math.min(slug.length(), MAX_SLUG_CHARACTERS));
    }

    private String unique(String slug) {
        String unique = slug;
        for (int i = 1; !anchors.add(unique); i++) {
            unique = slug + "-" + i;
        }
        return unique;
    }

    /** Writes code as it is, where the library would put it in quotation marks. */
    private record BareCode(TextContentNodeRendererContext context) implements NodeRenderer {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Code.class);
        }

        @Override
        public void render(Node node) {
            context.getWriter().write(((Code) node).getLiteral());
        }
    }
}
