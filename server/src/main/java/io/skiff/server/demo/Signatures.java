package io.skiff.server.demo;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** How declarations are written in ids and titles, and which of them an API shows. */
final class Signatures {
    private static final Set<Modifier> CONSTANT = Set.of(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL);

    private Signatures() {}

    /** Parameter types without type arguments and annotations: {@code (Callable,long,TimeUnit)}. */
    static String parameterTypes(MethodTree method) {
        return method.getParameters().stream()
                .map(parameter -> typeOf(parameter, erased(parameter.getType())))
                .collect(Collectors.joining(",", "(", ")"));
    }

    /** Parameters as they are declared: {@code (Callable<V> callable, long delay, TimeUnit unit)}. */
    static String parameters(MethodTree method) {
        return method.getParameters().stream()
                .map(parameter -> typeOf(parameter, written(parameter.getType())) + " " + parameter.getName())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Type parameters without bounds: {@code <K, V>}, or nothing. */
    static String typeParameters(ClassTree type) {
        if (type.getTypeParameters().isEmpty()) {
            return "";
        }
        return type.getTypeParameters().stream()
                .map(TypeParameterTree::getName)
                .collect(Collectors.joining(", ", "<", ">"));
    }

    /** What kind of type it is, in one word. */
    static String kind(ClassTree type) {
        return switch (type.getKind()) {
            case INTERFACE -> "interface";
            case ENUM -> "enum";
            case RECORD -> "record";
            case ANNOTATION_TYPE -> "annotation";
            default -> "class";
        };
    }

    /** Whether a variable in {@code owner} is one of its enum constants: only there may an enum be made with new. */
    static boolean isEnumConstant(VariableTree variable, ClassTree owner) {
        return owner.getKind() == Tree.Kind.ENUM
                && variable.getInitializer() instanceof NewClassTree
                && variable.getModifiers().getFlags().equals(CONSTANT)
                && variable.getType().toString().contentEquals(owner.getSimpleName());
    }

    /** Whether a declaration is public or protected, be it only because its owner is an interface. */
    static boolean isVisible(Set<Modifier> modifiers, ClassTree owner) {
        if (modifiers.contains(Modifier.PUBLIC) || modifiers.contains(Modifier.PROTECTED)) {
            return true;
        }
        boolean publicByDefault = owner != null
                && (owner.getKind() == Tree.Kind.INTERFACE || owner.getKind() == Tree.Kind.ANNOTATION_TYPE);
        return publicByDefault && !modifiers.contains(Modifier.PRIVATE);
    }

    private static String typeOf(VariableTree parameter, String type) {
        // The tree API does not tell a variable-arity parameter from an array; the printed form does.
        boolean isVariableArity = parameter.toString().contains("...") && type.endsWith("[]");
        return isVariableArity ? type.substring(0, type.length() - 2) + "..." : type;
    }

    private static String erased(Tree type) {
        return switch (type) {
            case ParameterizedTypeTree parameterized -> erased(parameterized.getType());
            case ArrayTypeTree array -> erased(array.getType()) + "[]";
            case AnnotatedTypeTree annotated -> erased(annotated.getUnderlyingType());
            default -> type.toString();
        };
    }

    private static String written(Tree type) {
        // javac prints type arguments with a comma and no space.
        return type instanceof AnnotatedTypeTree annotated
                ? written(annotated.getUnderlyingType())
                : type.toString().replaceAll(",(?=\\S)", ", ");
    }
}
