{{/* Values of the chart as lines of a .properties file. Names stay as they are: those of docs/operations.md. */}}

{{/* One line: dict "name" "value" and, where ${…} is to be resolved, "expressions". Nothing for an empty value. */}}
{{- define "scepgate.setting" -}}
{{- $value := "" -}}
{{- if kindIs "slice" .value -}}
{{- $items := list -}}
{{- range .value -}}
{{- $items = append $items (include "scepgate.text" . | replace "\\" "\\\\" | replace "," "\\,") -}}
{{- end -}}
{{- $value = join "," $items -}}
{{- else -}}
{{- $value = include "scepgate.text" .value -}}
{{- end -}}
{{- if ne $value "" -}}
{{- if not .expressions -}}
{{- $value = $value | replace "${" "\\${" -}}
{{- end -}}
{{- $value = $value | replace "\\" "\\\\" | replace "\r" "\\r" | replace "\n" "\\n" -}}
{{- if hasPrefix " " $value -}}
{{- $value = printf "\\%s" $value -}}
{{- end -}}
{{- printf "%s=%s\n" .name $value -}}
{{- end -}}
{{- end -}}

{{/* YAML's numbers are floating; 1000000 must not become 1e+06. */}}
{{- define "scepgate.text" -}}
{{- if kindIs "float64" . -}}
{{- if eq . (float64 (int64 .)) -}}{{- int64 . -}}{{- else -}}{{- . -}}{{- end -}}
{{- else if not (kindIs "invalid" .) -}}
{{- . -}}
{{- end -}}
{{- end -}}

{{/* A part of a name; what holds more than letters, digits and - is quoted, as SmallRye reads it. */}}
{{- define "scepgate.segment" -}}
{{- if regexMatch "^[A-Za-z0-9_-]+$" . -}}
{{- . -}}
{{- else -}}
{{- printf "%q" . | replace "\\" "\\\\" | replace " " "\\ " | replace "=" "\\=" | replace ":" "\\:" -}}
{{- end -}}
{{- end -}}

{{/* dict "name" "value" with a value that may be a map, or a list of maps. */}}
{{- define "scepgate.settingsOf" -}}
{{- $name := .name -}}
{{- if kindIs "map" .value -}}
{{- range $key, $value := .value -}}
{{- include "scepgate.settingsOf" (dict "name" (printf "%s.%s" $name (include "scepgate.segment" $key)) "value" $value) -}}
{{- end -}}
{{- else if and (kindIs "slice" .value) (kindIs "map" (first .value)) -}}
{{- range $index, $item := .value -}}
{{- include "scepgate.settingsOf" (dict "name" (printf "%s[%d]" $name $index) "value" $item) -}}
{{- end -}}
{{- else -}}
{{- include "scepgate.setting" . -}}
{{- end -}}
{{- end -}}

{{- define "scepgate.settings.database" -}}
{{- $address := printf "postgresql://%s:%v/%s" (include "scepgate.databaseHost" .) (.Values.database.port | int) .Values.database.name -}}
{{- $ssl := .Values.database.sslMode -}}
{{- $jdbc := printf "jdbc:%s?sslmode=%s" $address $ssl -}}
{{- $verified := hasPrefix "verify" $ssl -}}
{{- if $verified -}}
{{- $jdbc = printf "%s&sslrootcert=/etc/scepgate/database/ca.crt" $jdbc -}}
{{- end -}}
{{- $all := dict
  "quarkus.datasource.reactive.url" $address
  "quarkus.datasource.jdbc.url" $jdbc
  "quarkus.datasource.reactive.postgresql.ssl-mode" $ssl
  "quarkus.datasource.reactive.max-size" .Values.database.poolSize -}}
{{- if $verified -}}
{{- $_ := set $all "quarkus.datasource.reactive.trust-certificate-pem" true -}}
{{- $_ := set $all "quarkus.datasource.reactive.trust-certificate-pem.certs" "/etc/scepgate/database/ca.crt" -}}
{{- else if eq $ssl "require" -}}
{{- $_ := set $all "quarkus.datasource.reactive.trust-all" true -}}
{{- end -}}
{{- if eq $ssl "verify-full" -}}
{{- $_ := set $all "quarkus.datasource.reactive.hostname-verification-algorithm" "HTTPS" -}}
{{- end -}}
{{- range $name, $value := $all -}}
{{- include "scepgate.setting" (dict "name" $name "value" $value) -}}
{{- end -}}
{{- end -}}

{{- define "scepgate.settings.cas" -}}
{{- range $name, $ca := .Values.cas -}}
{{- $prefix := printf "scepgate.cas.%s" $name -}}
{{- range $suffix, $keys := include "scepgate.generations" $ca | fromYaml -}}
{{- $folder := printf "/etc/scepgate/cas/%s%s" $name ($suffix | replace "." "-") -}}
{{- range $role, $file := include "scepgate.keyFiles" $keys | fromYaml -}}
{{- if and $file (ne $role "password") -}}
{{- include "scepgate.setting" (dict "name" (printf "%s%s.%s-keystore" $prefix $suffix $role) "value" (printf "%s/%s.p12" $folder $role)) -}}
{{- include "scepgate.setting" (dict "name" (printf "%s%s.%s-password-file" $prefix $suffix $role) "value" (printf "%s/password" $folder)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $part := list "crl" "ocsp" -}}
{{- with index $ca $part -}}
{{- include "scepgate.settingsOf" (dict "name" (printf "%s.%s" $prefix $part) "value" .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "scepgate.settings.listeners" -}}
{{- $listeners := .Values.listeners -}}
{{- if not (or $listeners.http.enabled $listeners.https.enabled) -}}
{{- fail "listeners.http.enabled and listeners.https.enabled are both false: nobody could reach the service" -}}
{{- end -}}
{{- $all := dict
  "quarkus.http.port" 8080
  "quarkus.http.insecure-requests" ($listeners.http.enabled | ternary "enabled" "disabled")
  "quarkus.management.port" 9000
  "quarkus.shutdown.delay" (printf "%ds" (.Values.shutdown.delaySeconds | int))
  "quarkus.shutdown.timeout" (printf "%ds" (.Values.shutdown.timeoutSeconds | int)) -}}
{{- if $listeners.https.enabled -}}
{{- /* A configuration with a name: the one without would be that of the management port too. */ -}}
{{- $_ := set $all "quarkus.http.ssl-port" 8443 -}}
{{- $_ := set $all "quarkus.http.tls-configuration-name" "https" -}}
{{- $_ := set $all "quarkus.tls.https.key-store.pem.0.cert" "/etc/scepgate/https/tls.crt" -}}
{{- $_ := set $all "quarkus.tls.https.key-store.pem.0.key" "/etc/scepgate/https/tls.key" -}}
{{- $_ := set $all "quarkus.tls.https.reload-period" "1h" -}}
{{- end -}}
{{- with .Values.trustedProxies -}}
{{- $_ := set $all "quarkus.http.proxy.proxy-address-forwarding" true -}}
{{- $_ := set $all "quarkus.http.proxy.trusted-proxies" . -}}
{{- end -}}
{{- range $name, $value := $all -}}
{{- include "scepgate.setting" (dict "name" $name "value" $value) -}}
{{- end -}}
{{- end -}}

{{- define "scepgate.settings.secrets" -}}
{{- $all := dict "scepgate.challenge.pepper-file" "/etc/scepgate/pepper/pepper" -}}
{{- if .Values.idempotencyKey.existingSecret -}}
{{- $_ := set $all "scepgate.idempotency.key-file" "/etc/scepgate/idempotency/key" -}}
{{- end -}}
{{- if .Values.auditSealKey.existingSecret -}}
{{- $_ := set $all "scepgate.audit.seal-key-file" "/etc/scepgate/audit-seal/key" -}}
{{- end -}}
{{- if .Values.appleProfileSigner.existingSecret -}}
{{- $_ := set $all "scepgate.apple-profile.signer.keystore" "/etc/scepgate/apple-profile/signer.p12" -}}
{{- $_ := set $all "scepgate.apple-profile.signer.password-file" "/etc/scepgate/apple-profile/password" -}}
{{- end -}}
{{- range $index, $secret := .Values.secretSettings -}}
{{- $file := include "scepgate.namesAFile" $secret.setting -}}
{{- $_ := set $all $secret.setting ($file | empty | not | ternary (printf "/etc/scepgate/secrets/%d/secret" $index) (printf "${SCEPGATE_SECRET_%d}" $index)) -}}
{{- end -}}
{{- range $name, $value := $all -}}
{{- include "scepgate.setting" (dict "name" $name "value" $value "expressions" true) -}}
{{- end -}}
{{- end -}}

{{/* CloudNativePG's database is not there before the release is: then the first pod makes its schema. */}}
{{- define "scepgate.migratesAtStart" -}}
{{- or (eq .Values.migration.mode "atStart") (and .Release.IsInstall .Values.cloudnativePg.enabled) -}}
{{- end -}}

{{- define "scepgate.settings" -}}
{{- include "scepgate.setting" (dict "name" "scepgate.base-url" "value" .Values.baseUrl) -}}
{{- include "scepgate.setting" (dict "name" "scepgate.pki-base-url" "value" .Values.pkiBaseUrl) -}}
{{- include "scepgate.setting" (dict "name" "scepgate.default-profile" "value" .Values.defaultProfile) -}}
{{- include "scepgate.setting" (dict "name" "scepgate.clients-default" "value" .Values.clientsDefault) -}}
{{- include "scepgate.settings.database" . -}}
{{- $atStart := eq (include "scepgate.migratesAtStart" .) "true" -}}
{{- include "scepgate.setting" (dict "name" "quarkus.flyway.migrate-at-start" "value" $atStart) -}}
{{- include "scepgate.setting" (dict "name" "quarkus.flyway.validate-at-start" "value" (not $atStart)) -}}
{{- include "scepgate.settings.listeners" . -}}
{{- include "scepgate.settings.secrets" . -}}
{{- include "scepgate.settings.cas" . -}}
{{- range $part := list "profiles" "issuers" "clients" "webhooks" "events" "outbound" "intune" "mdm" -}}
{{- include "scepgate.settingsOf" (dict "name" (printf "scepgate.%s" $part) "value" (index $.Values $part)) -}}
{{- end -}}
{{- range $name, $value := .Values.settings -}}
{{- include "scepgate.setting" (dict "name" $name "value" $value "expressions" true) -}}
{{- end -}}
{{- end -}}
