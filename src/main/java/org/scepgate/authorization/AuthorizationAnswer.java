package org.scepgate.authorization;

import java.time.Duration;
import java.util.UUID;
import org.scepgate.policy.Authorization;

/**
 * What came of a question.
 *
 * @param questionId as the endpoint knows it
 */
public record AuthorizationAnswer(UUID questionId, Authorization said, Duration took) {}
