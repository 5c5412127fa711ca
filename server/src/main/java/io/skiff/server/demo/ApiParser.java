package io.skiff.server.demo;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DirectiveTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Reads Java sources with the JDK's own compiler, which only parses them: names are not resolved. */
final class ApiParser {
    /** Preview syntax of the same release is accepted; annotation processors stay out. */
    private static final List<String> OPTIONS = List.of(
            "-proc:none",
            "--enable-preview",
            "--release",
            String.valueOf(Runtime.version().feature()));

    private ApiParser() {}

    /** A source file; {@code path} is {@code module/package/Type.java}. */
    record Source(String path, String content) {}

    /**
     * The documented packages, types and members that some sources make public, in the order in which they stand.
     *
     * @throws IllegalStateException if this Java runtime comes without a compiler
     */
    static List<ApiDocument> documents(List<Source> sources) throws IOException {
        JavacTask task = task(sources);
        DocTrees trees = DocTrees.instance(task);
        List<ApiDocument> documents = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            new UnitScanner(unit, trees, documents).scan(unit, null);
        }
        return documents;
    }

    /** The packages that a {@code module-info.java} exports to everybody. */
    static Set<String> exportedPackages(Source moduleInfo) throws IOException {
        Set<String> packages = new HashSet<>();
        for (CompilationUnitTree unit : task(List.of(moduleInfo)).parse()) {
            ModuleTree module = unit.getModule();
            for (DirectiveTree directive : module == null ? List.<DirectiveTree>of() : module.getDirectives()) {
                if (directive instanceof ExportsTree exports && exports.getModuleNames() == null) {
                    packages.add(exports.getPackageName().toString());
                }
            }
        }
        return packages;
    }

    private static JavacTask task(List<Source> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this Java runtime has no compiler; a JDK is needed, not a JRE");
        }
        // What the parser does not understand is left out of the documents; the listener keeps it off stderr.
        return (JavacTask) compiler.getTask(
                null,
                null,
                diagnostic -> {},
                OPTIONS,
                null,
                sources.stream().map(SourceFile::new).toList());
    }

    private static final class SourceFile extends SimpleJavaFileObject {
        private final Source source;

        SourceFile(Source source) {
            super(URI.create("source:///" + source.path()), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source.content();
        }
    }

    /** Collects the documents of one file. */
    private static final class UnitScanner extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final DocTrees trees;
        private final List<ApiDocument> documents;
        private final String path;
        private final String packageName;
        private final Deque<ClassTree> enclosing = new ArrayDeque<>();
        private final Deque<String> contexts = new ArrayDeque<>();
        private final Set<String> ids = new HashSet<>();

        UnitScanner(CompilationUnitTree unit, DocTrees trees, List<ApiDocument> documents) {
            this.unit = unit;
            this.trees = trees;
            this.documents = documents;
            this.path = unit.getSourceFile().toUri().getPath().substring(1);
            this.packageName =
                    unit.getPackageName() == null ? "" : unit.getPackageName().toString();
        }

        @Override
        public Void visitPackage(PackageTree node, Void unused) {
            add(packageName, "package " + packageName, "package");
            return null;
        }

        @Override
        public Void visitClass(ClassTree node, Void unused) {
            if (!Signatures.isVisible(node.getModifiers().getFlags(), enclosing.peek())) {
                return null;
            }
            enclosing.push(node);
            String kind = Signatures.kind(node);
            String keyword = kind.equals("annotation") ? "@interface" : kind;
            String title = keyword + " " + typeName() + Signatures.typeParameters(node);
            add(qualified(typeName()), title, kind);
            contexts.push(summary(getCurrentPath()));
            scan(node.getMembers(), null);
            contexts.pop();
            enclosing.pop();
            return null;
        }

        @Override
        public Void visitMethod(MethodTree node, Void unused) {
            if (!Signatures.isVisible(node.getModifiers().getFlags(), enclosing.peek())) {
                return null;
            }
            boolean isConstructor = node.getReturnType() == null;
            String name = isConstructor ? typeName() : typeName() + "." + node.getName();
            String id = qualified(typeName()) + "#" + node.getName() + Signatures.parameterTypes(node);
            add(id, name + Signatures.parameters(node), isConstructor ? "constructor" : "method");
            return null;
        }

        @Override
        public Void visitVariable(VariableTree node, Void unused) {
            ClassTree owner = Objects.requireNonNull(enclosing.peek());
            if (Signatures.isVisible(node.getModifiers().getFlags(), owner)) {
                String name = typeName() + "." + node.getName();
                String kind = Signatures.isEnumConstant(node, owner) ? "enum constant" : "field";
                add(qualified(typeName()) + "#" + node.getName(), name, kind);
            }
            return null;
        }

        private void add(String id, String title, String kind) {
            TreePath current = getCurrentPath();
            DocCommentTree comment = trees.getDocCommentTree(current);
            String text = comment == null ? "" : DocText.of(comment, trees);
            if (text.isEmpty()) {
                return;
            }
            // Overloads that differ only in the bounds of a type variable are written alike.
            String unique = id;
            for (int i = 2; !ids.add(unique); i++) {
                unique = id + "~" + i;
            }
            String module = path.substring(0, Math.max(0, path.indexOf('/')));
            documents.add(new ApiDocument(
                    unique,
                    title,
                    text,
                    DocText.summary(comment, trees),
                    contexts.isEmpty() ? "" : contexts.peek(),
                    packageName,
                    module,
                    kind,
                    path + ":" + line(current.getLeaf())));
        }

        private String summary(TreePath path) {
            DocCommentTree comment = trees.getDocCommentTree(path);
            return comment == null ? "" : DocText.summary(comment, trees);
        }

        private long line(Tree tree) {
            return unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
        }

        private String qualified(String name) {
            return packageName.isEmpty() ? name : packageName + "." + name;
        }

        /** The enclosing types' names from the outermost inwards: {@code Map.Entry}. */
        private String typeName() {
            List<String> names = new ArrayList<>();
            for (Iterator<ClassTree> types = enclosing.descendingIterator(); types.hasNext(); ) {
                names.add(types.next().getSimpleName().toString());
            }
            return names.stream().collect(Collectors.joining("."));
        }
    }
}
