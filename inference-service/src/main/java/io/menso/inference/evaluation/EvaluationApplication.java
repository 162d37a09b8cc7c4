package io.menso.inference.evaluation;

import io.menso.inference.evaluation.input.EvaluationException;
import io.menso.inference.evaluation.input.EvaluationRequest;
import io.menso.inference.evaluation.report.EvaluationReport;
import io.menso.inference.evaluation.report.ReportFiles;
import io.menso.inference.evaluation.report.ReportPrinter;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/// One run of `menso models evaluate`: progress goes to standard error, the report to standard output and to files.
public class EvaluationApplication implements QuarkusApplication {

    private final Evaluation evaluation;

    @Inject
    public EvaluationApplication(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    @Override
    public int run(String... arguments) {
        try {
            EvaluationRequest request = EvaluationRequest.parse(arguments[0]);
            ReportFiles files = new ReportFiles(request.outputs());
            EvaluationReport report = evaluation.run(request, Progress.onTerminal());
            ReportPrinter.lines(report, request.outputs().printCalibration()).forEach(System.out::println);
            files.write(report).forEach(file -> System.err.println("wrote " + file));
            return 0;
        } catch (EvaluationException e) {
            System.err.println("menso: " + e.getMessage());
            return EvaluationMode.FAILED;
        } finally {
            EvaluationMode.finished();
        }
    }
}
