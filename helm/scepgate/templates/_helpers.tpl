{{- define "scepgate.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "scepgate.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "scepgate.labels" -}}
{{ include "scepgate.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "scepgate.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "scepgate.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "scepgate.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* Pod Security Standard "restricted"; the group is what reads the mounted Secrets. */}}
{{- define "scepgate.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "scepgate.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "scepgate.databaseHost" -}}
{{- if .Values.cloudnativePg.enabled -}}
{{- include "scepgate.databaseCluster" . }}-rw
{{- else -}}
{{- required "database.host is not set: the PostgreSQL to use, or cloudnativePg.enabled" .Values.database.host -}}
{{- end -}}
{{- end -}}

{{- define "scepgate.databaseCluster" -}}
{{ include "scepgate.fullname" . }}-db
{{- end -}}

{{/* CloudNativePG makes a Secret of its own. */}}
{{- define "scepgate.databaseSecret" -}}
{{- if .Values.cloudnativePg.enabled -}}
{{- include "scepgate.databaseCluster" . }}-app
{{- else -}}
{{- required "database.existingSecret is not set: the Secret with the user and the password of the database" .Values.database.existingSecret -}}
{{- end -}}
{{- end -}}

{{- define "scepgate.databaseEnvironment" -}}
{{- $own := .Values.cloudnativePg.enabled -}}
- name: QUARKUS_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ include "scepgate.databaseSecret" . }}
      key: {{ $own | ternary "username" .Values.database.usernameKey }}
- name: QUARKUS_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "scepgate.databaseSecret" . }}
      key: {{ $own | ternary "password" .Values.database.passwordKey }}
{{- end -}}

{{- define "scepgate.certificateSecret" -}}
{{- if .Values.listeners.https.certManager.enabled -}}
{{- include "scepgate.fullname" . }}-https
{{- else -}}
{{- required "listeners.https.existingSecret is not set: a Secret of type kubernetes.io/tls, or listeners.https.certManager" .Values.listeners.https.existingSecret -}}
{{- end -}}
{{- end -}}

{{/* The generations of a CA, as a YAML map of the suffix of their prefix, such as ".next", to where their keys are. */}}
{{- define "scepgate.generations" -}}
{{- $all := dict "" (omit . "next" "previous" "crl" "ocsp") -}}
{{- range $name := list "next" "previous" -}}
{{- with index $ $name -}}
{{- $_ := set $all (printf ".%s" $name) . -}}
{{- end -}}
{{- end -}}
{{- toYaml $all -}}
{{- end -}}

{{/* The files of a generation by default: what "ca init" writes. */}}
{{- define "scepgate.keyFiles" -}}
{{- toYaml (mergeOverwrite (dict "ca" "ca.p12" "ra" "ra.p12" "ocsp" "ocsp.p12" "password" "keystore.password") (default dict .files)) -}}
{{- end -}}

{{/* Something for a setting whose value is the path of a file: what is no text cannot be in the environment. */}}
{{- define "scepgate.namesAFile" -}}
{{- if regexMatch "(-file|[.-]keystore|[.-]trusted-certificates)$" . -}}true{{- end -}}
{{- end -}}

{{- define "scepgate.scepPort" -}}
{{- .Values.listeners.http.enabled | ternary "http" "https" -}}
{{- end -}}
