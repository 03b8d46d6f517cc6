package io.github.deepthink4j.docs;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The classes of a package and those below it, without tests, as ArchUnit reads them: once in each JVM. For the tests of all modules. */
public final class MainClasses {

    private static final String RESOLUTION = "import.dependencyResolutionProcess.maxIterationsFor";
    private static final Map<String, JavaClasses> READ = new ConcurrentHashMap<>();

    static {
        // Of a foreign class that is only named, the name will do; else a second goes to reading the JDK and all
        // libraries. Whoever
        // extends a foreign class is known to.
        for (String use : new String[] {"MemberTypes", "AccessesToTypes", "AnnotationTypes", "GenericSignatureTypes"}) {
            ArchConfiguration.get().setProperty(RESOLUTION + use, "0");
        }
    }

    private MainClasses() {}

    public static JavaClasses of(String packageName) {
        return READ.computeIfAbsent(
                packageName,
                name -> new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(name));
    }
}
