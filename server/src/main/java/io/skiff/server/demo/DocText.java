package io.skiff.server.demo;

import com.sun.source.doctree.AuthorTree;
import com.sun.source.doctree.CommentTree;
import com.sun.source.doctree.DeprecatedTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.ErroneousTree;
import com.sun.source.doctree.EscapeTree;
import com.sun.source.doctree.HiddenTree;
import com.sun.source.doctree.IndexTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.RawTextTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.SeeTree;
import com.sun.source.doctree.SerialDataTree;
import com.sun.source.doctree.SerialFieldTree;
import com.sun.source.doctree.SerialTree;
import com.sun.source.doctree.SinceTree;
import com.sun.source.doctree.SnippetTree;
import com.sun.source.doctree.SpecTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.SystemPropertyTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.doctree.UnknownBlockTagTree;
import com.sun.source.doctree.UnknownInlineTagTree;
import com.sun.source.doctree.VersionTree;
import com.sun.source.util.DocTreeScanner;
import com.sun.source.util.DocTrees;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The plain text of a documentation comment: tags resolved, markup gone, one paragraph a line. */
final class DocText extends DocTreeScanner<Void, Void> {
    /** Elements that run inside a line; every other one, such as a list item or a table cell, breaks it. */
    private static final Set<String> INLINE_ELEMENTS = Set.of(
            "a", "abbr", "b", "big", "cite", "code", "dfn", "em", "font", "i", "kbd", "q", "s", "samp", "small", "span",
            "strong", "sub", "sup", "tt", "u", "var");

    /** Block tags of the JDK's own documentation that say something to a reader; the others are bookkeeping. */
    private static final Set<String> NOTES = Set.of("apiNote", "implSpec", "implNote");

    private static final Pattern SPACE = Pattern.compile("[ \\t\\f\\r\\n\\u00a0]+");
    private static final Pattern BREAKS = Pattern.compile("(?: ?\u2029 ?)+");
    private static final Pattern SNIPPET_MARKUP = Pattern.compile("// *@\\w+.*");
    private static final Pattern MARKDOWN_SIGNS = Pattern.compile("[`*]+|^#+ |(?<!\\w)_|_(?!\\w)", Pattern.MULTILINE);
    private static final Pattern MARKDOWN_LINK = Pattern.compile("\\[([^\\]]*)](?:\\([^)]*\\)|\\[[^\\]]*])?");

    /** Marks the end of a line until white space has been collapsed; no comment contains it. */
    private static final char BREAK = '\u2029';

    private final DocTrees trees;
    private final StringBuilder out = new StringBuilder();
    private boolean isPreformatted;

    private DocText(DocTrees trees) {
        this.trees = trees;
    }

    /** The whole comment, its block tags as sentences at the end; empty if it says nothing of its own. */
    static String of(DocCommentTree comment, DocTrees trees) {
        DocText text = new DocText(trees);
        text.scan(comment.getFullBody(), null);
        for (DocTree tag : comment.getBlockTags()) {
            text.out.append(BREAK);
            text.scan(tag, null);
        }
        return text.finish();
    }

    /** The first sentence of the comment. */
    static String summary(DocCommentTree comment, DocTrees trees) {
        DocText text = new DocText(trees);
        text.scan(comment.getFirstSentence(), null);
        return text.finish().replace('\n', ' ');
    }

    private String finish() {
        String oneLine = SPACE.matcher(out).replaceAll(" ");
        return BREAKS.matcher(oneLine).replaceAll("\n").strip();
    }

    private Void append(String text) {
        out.append(isPreformatted ? text.replace('\n', BREAK) : text);
        return null;
    }

    private void sentence(String opening, List<? extends DocTree> rest) {
        out.append(opening).append(' ');
        scan(rest, null);
    }

    @Override
    public Void visitText(TextTree node, Void unused) {
        return append(node.getBody());
    }

    @Override
    public Void visitRawText(RawTextTree node, Void unused) {
        String labels = MARKDOWN_LINK.matcher(node.getContent()).replaceAll("$1");
        return append(MARKDOWN_SIGNS.matcher(labels).replaceAll("").replace("\n\n", String.valueOf(BREAK)));
    }

    @Override
    public Void visitEntity(EntityTree node, Void unused) {
        String characters = trees.getCharacters(node);
        return append(characters == null ? " " : characters);
    }

    @Override
    public Void visitEscape(EscapeTree node, Void unused) {
        return append(node.getBody());
    }

    @Override
    public Void visitErroneous(ErroneousTree node, Void unused) {
        return append(node.getBody());
    }

    @Override
    public Void visitStartElement(StartElementTree node, Void unused) {
        return element(node.getName(), true);
    }

    @Override
    public Void visitEndElement(EndElementTree node, Void unused) {
        return element(node.getName(), false);
    }

    private Void element(CharSequence name, boolean isStart) {
        String element = name.toString().toLowerCase(Locale.ROOT);
        if (element.equals("pre")) {
            isPreformatted = isStart;
        }
        if (!INLINE_ELEMENTS.contains(element)) {
            out.append(BREAK);
        }
        return null;
    }

    @Override
    public Void visitLiteral(LiteralTree node, Void unused) {
        return append(node.getBody().getBody());
    }

    @Override
    public Void visitLink(LinkTree node, Void unused) {
        if (node.getLabel().isEmpty()) {
            return scan(node.getReference(), null);
        }
        return scan(node.getLabel(), null);
    }

    @Override
    public Void visitReference(ReferenceTree node, Void unused) {
        String signature = node.getSignature();
        return append(signature.startsWith("#") ? signature.substring(1) : signature.replace('#', '.'));
    }

    @Override
    public Void visitIndex(IndexTree node, Void unused) {
        return scan(node.getSearchTerm(), null);
    }

    @Override
    public Void visitSystemProperty(SystemPropertyTree node, Void unused) {
        return append(node.getPropertyName().toString());
    }

    @Override
    public Void visitSnippet(SnippetTree node, Void unused) {
        if (node.getBody() != null) {
            String code = SNIPPET_MARKUP.matcher(node.getBody().getBody()).replaceAll("");
            out.append(BREAK).append(code.replace('\n', BREAK)).append(BREAK);
        }
        return null;
    }

    @Override
    public Void visitUnknownInlineTag(UnknownInlineTagTree node, Void unused) {
        return scan(node.getContent(), null);
    }

    @Override
    public Void visitParam(ParamTree node, Void unused) {
        String kind = node.isTypeParameter() ? "Type parameter " : "Parameter ";
        sentence(kind + node.getName() + ":", node.getDescription());
        return null;
    }

    @Override
    public Void visitReturn(ReturnTree node, Void unused) {
        sentence("Returns", node.getDescription());
        return node.isInline() ? append(".") : null;
    }

    @Override
    public Void visitThrows(ThrowsTree node, Void unused) {
        out.append("Throws ");
        scan(node.getExceptionName(), null);
        sentence("", node.getDescription());
        return null;
    }

    @Override
    public Void visitDeprecated(DeprecatedTree node, Void unused) {
        sentence("Deprecated:", node.getBody());
        return null;
    }

    @Override
    public Void visitUnknownBlockTag(UnknownBlockTagTree node, Void unused) {
        return NOTES.contains(node.getTagName()) ? scan(node.getContent(), null) : null;
    }

    // What follows is bookkeeping and says nothing to a reader.

    @Override
    public Void visitComment(CommentTree node, Void unused) {
        return null;
    }

    @Override
    public Void visitAuthor(AuthorTree node, Void unused) {
        return null;
    }

    @Override
    public Void visitHidden(HiddenTree node, Void unused) {
        return null;
    }

    @Override
    public Void visitSee(SeeTree node, Void unused) {
        return null;
    }

    @Override
    public Void visitSerial(SerialTree node, Void unused) {
        return null;
    }

    @Override
    public Void visitSerialData(SerialDataTree node, Void unused) {
        return null;
    }

    @Override
    public Void visitSerialField(SerialFieldTree node, Void unused) {
        return null;
    }

    @Override
    public Void visitSince(SinceTree node, Void unused) {
        return null;
    }

    @Override
    public Void visitSpec(SpecTree node, Void unused) {
        return null;
    }

    @Override
    public Void visitVersion(VersionTree node, Void unused) {
        return null;
    }
}
