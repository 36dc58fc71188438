from django.urls import path

from jobs import views

app_name = "jobs"

urlpatterns = [
    path("jobs/", views.JobList.as_view(), name="job_list"),
    path("jobs/<int:pk>/", views.JobDetail.as_view(), name="job_detail"),
    path("jobs/<int:pk>/retry/", views.RetryJob.as_view(), name="job_retry"),
    path("downloads/<int:pk>/", views.Download.as_view(), name="download"),
]
