{{/* Volumes with what the server reads; Secrets are readable by the pod's group alone. */}}
{{- define "scepgate.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
- name: settings
  configMap:
    name: {{ include "scepgate.fullname" . }}
{{ include "scepgate.secretVolume" (dict "name" "pepper" "secret" .Values.pepper.existingSecret "items" (dict .Values.pepper.key "pepper")) }}
{{- with .Values.idempotencyKey }}
{{- if .existingSecret }}
{{ include "scepgate.secretVolume" (dict "name" "idempotency" "secret" .existingSecret "items" (dict .key "key")) }}
{{- end }}
{{- end }}
{{- with .Values.auditSealKey }}
{{- if .existingSecret }}
{{ include "scepgate.secretVolume" (dict "name" "audit-seal" "secret" .existingSecret "items" (dict .key "key")) }}
{{- end }}
{{- end }}
{{- with .Values.appleProfileSigner }}
{{- if .existingSecret }}
{{ include "scepgate.secretVolume" (dict "name" "apple-profile" "secret" .existingSecret "items" (dict .keystoreKey "signer.p12" .passwordKey "password")) }}
{{- end }}
{{- end }}
{{- if hasPrefix "verify" .Values.database.sslMode }}
{{ include "scepgate.secretVolume" (dict "name" "database" "secret" (required "database.ca.existingSecret is not set: the Secret with the certificate that sslMode verifies by" .Values.database.ca.existingSecret) "items" (dict .Values.database.ca.key "ca.crt")) }}
{{- end }}
{{- if .Values.listeners.https.enabled }}
{{ include "scepgate.secretVolume" (dict "name" "https" "secret" (include "scepgate.certificateSecret" .) "items" (dict "tls.crt" "tls.crt" "tls.key" "tls.key")) }}
{{- end }}
{{- range $name, $ca := .Values.cas }}
{{- range $suffix, $keys := include "scepgate.generations" $ca | fromYaml }}
{{ include "scepgate.caVolume" (dict "root" $ "ca" $name "suffix" ($suffix | replace "." "-") "keys" $keys) }}
{{- end }}
{{- end }}
{{- range $index, $secret := .Values.secretSettings }}
{{- if include "scepgate.namesAFile" $secret.setting }}
{{ include "scepgate.secretVolume" (dict "name" (printf "secret-%d" $index) "secret" $secret.existingSecret "items" (dict $secret.key "secret")) }}
{{- end }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "scepgate.volumeMounts" -}}
- name: tmp
  mountPath: /tmp
- name: settings
  mountPath: /etc/scepgate/settings
  readOnly: true
{{- $folders := dict "pepper" "pepper" }}
{{- range $value, $name := dict "idempotencyKey" "idempotency" "auditSealKey" "audit-seal" "appleProfileSigner" "apple-profile" }}
{{- if (index $.Values $value).existingSecret }}
{{- $_ := set $folders $name $name }}
{{- end }}
{{- end }}
{{- if hasPrefix "verify" .Values.database.sslMode }}
{{- $_ := set $folders "database" "database" }}
{{- end }}
{{- if .Values.listeners.https.enabled }}
{{- $_ := set $folders "https" "https" }}
{{- end }}
{{- range $name, $ca := .Values.cas }}
{{- range $suffix, $keys := include "scepgate.generations" $ca | fromYaml }}
{{- $folder := printf "%s%s" $name ($suffix | replace "." "-") }}
{{- $_ := set $folders (printf "ca-%s" $folder) (printf "cas/%s" $folder) }}
{{- end }}
{{- end }}
{{- range $index, $secret := .Values.secretSettings }}
{{- if include "scepgate.namesAFile" $secret.setting }}
{{- $_ := set $folders (printf "secret-%d" $index) (printf "secrets/%d" $index) }}
{{- end }}
{{- end }}
{{- range $name, $folder := $folders }}
- name: {{ $name }}
  mountPath: /etc/scepgate/{{ $folder }}
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* dict "name" "secret" "items", from the Secret's keys to names of files */}}
{{- define "scepgate.secretVolume" -}}
- name: {{ .name }}
  secret:
    secretName: {{ .secret }}
    defaultMode: 0440
    items:
      {{- range $key, $path := .items }}
      - key: {{ $key }}
        path: {{ $path }}
      {{- end }}
{{- end -}}

{{/* The keystores of a generation, of one Secret or of those that cert-manager keeps. */}}
{{- define "scepgate.caVolume" -}}
{{- $files := include "scepgate.keyFiles" .keys | fromYaml -}}
- name: ca-{{ .ca }}{{ .suffix }}
  projected:
    defaultMode: 0440
    sources:
      {{- if (default dict .keys.certManager).enabled }}
      {{- range $role := list "ca" "ra" "ocsp" }}
      - secret:
          name: {{ include "scepgate.fullname" $.root }}-{{ $.ca }}-{{ $role }}
          items:
            - key: keystore.p12
              path: {{ $role }}.p12
      {{- end }}
      - secret:
          name: {{ .keys.certManager.passwordSecret.name }}
          items:
            - key: {{ .keys.certManager.passwordSecret.key }}
              path: password
      {{- else }}
      - secret:
          name: {{ .keys.existingSecret }}
          items:
            {{- range $role, $key := $files }}
            {{- if $key }}
            - key: {{ $key }}
              path: {{ eq $role "password" | ternary "password" (printf "%s.p12" $role) }}
            {{- end }}
            {{- end }}
      {{- end }}
{{- end -}}

{{- define "scepgate.environment" -}}
- name: SMALLRYE_CONFIG_LOCATIONS
  value: /etc/scepgate/settings/application.properties
- name: JDK_JAVA_OPTIONS
  value: {{ .Values.jvmOptions | quote }}
{{ include "scepgate.databaseEnvironment" . }}
{{- range $index, $secret := .Values.secretSettings }}
{{- if not (include "scepgate.namesAFile" $secret.setting) }}
- name: SCEPGATE_SECRET_{{ $index }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret.existingSecret }}
      key: {{ $secret.key }}
{{- end }}
{{- end }}
{{- end -}}
