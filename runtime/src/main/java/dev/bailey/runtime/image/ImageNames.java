package dev.bailey.runtime.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of images: {@code [registry/]path[:tag]}, shortened as people write them. */
final class ImageNames {
    private static final Pattern FORM =
            Pattern.compile("[a-z0-9]([a-zA-Z0-9._:/-]*[a-zA-Z0-9_])?:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}");
    private static final List<String> ANNOTATIONS =
            List.of("io.containerd.image.name", "org.opencontainers.image.ref.name");

    private ImageNames() {}

    /** The well-formed ones of some names, each with a tag. */
    static List<String> normalised(List<String> names) {
        return names.stream()
                .map(ImageNames::normal)
                .filter(FORM.asMatchPredicate())
                .distinct()
                .toList();
    }

    /** A name with its tag, without Docker's own registry in front. */
    static String normal(String name) {
        String familiar = name.replaceFirst("^docker\\.io/(library/)?", "");
        boolean tagged = familiar.lastIndexOf(':') > familiar.lastIndexOf('/');
        return tagged ? familiar : familiar + ":latest";
    }

    /** The name in an OCI descriptor's annotations; a bare tag is not a name. */
    static Optional<String> ofAnnotations(@Nullable Map<String, String> annotations) {
        if (annotations == null) {
            return Optional.empty();
        }
        return ANNOTATIONS.stream()
                .map(annotations::get)
                .filter(name -> name != null && (name.contains("/") || name.contains(":")))
                .findFirst();
    }
}
